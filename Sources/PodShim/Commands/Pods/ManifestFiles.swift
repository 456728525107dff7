import Glibc
import PodModel

/// The manifests that `-f` names: files, folders of them, standard input.
enum ManifestFiles {
  /// The pods of all files, in their order. Warnings go to standard error; with any error nothing
  /// is answered.
  static func pods(
    _ invocation: Invocation, world: World, warns: Bool = true
  ) throws -> [Pod] {
    let names = invocation.texts(.file)
    guard !names.isEmpty else { throw invocation.usage("must specify -f FILE") }
    var pods: [Pod] = []
    var errors: [any Error] = []
    for manifest in try names.flatMap(read) {
      if warns { manifest.warnings.forEach { Output.complain("Warning: \($0)") } }
      errors += manifest.errors
      for case .pod(let pod) in manifest.objects {
        do {
          pods.append(try place(pod, invocation, world))
        } catch {
          errors.append(error)
        }
      }
    }
    guard errors.isEmpty else { throw CommandErrors(errors: errors) }
    return pods
  }

  private static func read(_ name: String) throws -> [Manifest] {
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
    let files = try Files.list(name).filter { file in
      [".yaml", ".yml", ".json"].contains { file.hasSuffix($0) }
        && !Files.isDirectory("\(name)/\(file)")
    }
    guard !files.isEmpty else {
      throw CommandError("the folder \"\(name)\" holds no .yaml, .yml or .json file")
    }
    return try files.map { Manifest.read(try Files.read("\(name)/\($0)"), file: "\(name)/\($0)") }
  }

  /// Puts a pod that names no namespace into the one of the command line. Defaults have made
  /// `default` of what was not said.
  private static func place(
    _ pod: Pod, _ invocation: Invocation, _ world: World
  ) throws -> Pod {
    let said = pod.metadata.namespace ?? "default"
    if said == "default" { return pod.with { $0.metadata.namespace = world.namespace } }
    guard said == world.namespace || !invocation.isGiven(CommandTable.namespace) else {
      throw CommandError(
        "the namespace from the provided object \"\(said)\" does not match the namespace "
          + "\"\(world.namespace)\": pass --namespace=\(said) or leave it out")
    }
    return pod
  }
}
