import Glibc
import PodModel

/// The manifests that `-f` names: files, folders of them, standard input.
enum ManifestFiles {
  /// An object of a manifest, and what it was read from; both in the namespace of the command line
  /// when they name none.
  struct Placed {
    var object: any NamedObject
    var source: Node

    /// `pod/web`
    var reference: String { "\(object.resourceKind.singular)/\(object.metadata.name)" }
  }

  /// What `--local` is about: nothing but files.
  static func local(_ invocation: Invocation, world: World) throws -> [Placed] {
    guard invocation.isGiven(.file) else {
      throw invocation.usage(
        "can only use local files by -f pod.yaml or --filename=pod.json when --local=true is set")
    }
    return try placed(invocation, world: world, warns: false)
  }

  /// The objects of all files, in their order. With any error nothing is answered; warnings go to
  /// standard error, after the errors if there are any.
  ///
  /// - Parameter noted: each has a note of what it was read from on it.
  static func placed(
    _ invocation: Invocation, world: World, warns: Bool = true, noted: Bool = false
  ) throws -> [Placed] {
    let names = invocation.texts(.file)
    guard !names.isEmpty else { throw invocation.usage("must specify -f FILE") }
    var all: [Placed] = []
    var errors: [any Error] = []
    var warnings: [String] = []
    let isRecursive = invocation.isOn(.recursive)
    for manifest in try names.flatMap({ try read($0, isRecursive) }) {
      if warns { warnings += manifest.warnings.map { "Warning: \($0)" } }
      errors += manifest.errors
      for (object, source) in zip(manifest.objects, manifest.sources) {
        do {
          let placed = try place(object, invocation, world)
          all.append(
            noted
              ? Placed(
                object: LastApplied.note(source, on: placed), source: LastApplied.noted(source))
              : Placed(object: placed, source: source))
        } catch {
          errors.append(error)
        }
      }
    }
    guard errors.isEmpty else { throw CommandErrors(errors: errors, remarks: warnings) }
    warnings.forEach(Output.complain)
    return all
  }

  static func objects(
    _ invocation: Invocation, world: World, warns: Bool = true
  ) throws -> [any NamedObject] {
    try placed(invocation, world: world, warns: warns).map(\.object)
  }

  private static func read(_ name: String, _ isRecursive: Bool) throws -> [Manifest] {
    if name == "-" {
      let input = FileDescriptor(owning: dup(STDIN_FILENO))
      return [Manifest.read(try input.readAll(), file: "stdin")]
    }
    guard Files.isDirectory(name) else {
      guard Files.exists(name) else {
        throw CommandError("the path \"\(name)\" does not exist")
      }
      return [Manifest.read(try Files.read(name), file: name)]
    }
    let files = try files(in: name, isRecursive)
    guard !files.isEmpty else {
      throw CommandError("the folder \"\(name)\" holds no .yaml, .yml or .json file")
    }
    return try files.map { Manifest.read(try Files.read($0), file: $0) }
  }

  /// As kubectl finds them: by their endings, in the order of their names, and through no link to
  /// a folder.
  private static func files(in folder: String, _ isRecursive: Bool) throws -> [String] {
    try Files.list(folder).flatMap { name -> [String] in
      let path = "\(folder)/\(name)"
      guard Files.isDirectory(path) else {
        return [".yaml", ".yml", ".json"].contains(where: name.hasSuffix) ? [path] : []
      }
      let isLink = (try? Files.readLink(path)) != nil
      return isRecursive && !isLink ? try files(in: path, isRecursive) : []
    }
  }

  /// Puts an object that names no namespace into the one of the command line. Defaults have made
  /// `default` of what was not said.
  private static func place(
    _ object: any NamedObject, _ invocation: Invocation, _ world: World
  ) throws -> any NamedObject {
    let said = object.metadata.place
    if said == "default" {
      var placed = object
      placed.metadata.namespace = world.namespace
      return placed
    }
    guard said == world.namespace || !invocation.isGiven(CommandTable.namespace) else {
      throw CommandError(
        "the namespace from the provided object \"\(said)\" does not match the namespace "
          + "\"\(world.namespace)\": pass --namespace=\(said) or leave it out")
    }
    return object
  }
}
