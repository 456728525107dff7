import Glibc
import PodModel

/// `podshim diff`: what `apply` would change, as `diff -u` shows it.
///
/// Status 0 when nothing would, 1 when something would, more when that could not be found out.
enum DiffCommand {
  static let flags: [Flag] = [.file, .recursive]

  static func run(_ invocation: Invocation) throws -> CInt {
    do {
      let folder = try TemporaryFolder("diff")
      defer { folder.remove() }
      let world = try World(invocation)
      try write(ManifestFiles.placed(invocation, world: world, noted: true), to: folder, world)
      return try compare(folder)
    } catch let error as UsageError {
      throw error
    } catch {
      Output.complain(ErrorText.of(error))
      return 2
    }
  }

  /// A file for each object as it is, and one as it would be.
  private static func write(
    _ all: [ManifestFiles.Placed], to folder: TemporaryFolder, _ world: World
  ) throws {
    for side in ["LIVE", "MERGED"] { try Files.makeDirectories(folder[side]) }
    try CommandErrors.collect(over: all) { placed in
      let object = placed.object
      let (name, place) = (object.metadata.name, object.metadata.place)
      let version = object.apiVersion.split(separator: "/").joined(separator: ".")
      let file = "\(version).\(object.kind).\(place).\(name)"
      var live: Node?
      do {
        live = try ResourceStore(world).find(object.resourceKind, name, in: place).node
      } catch let error as CommandError where error == .notFound(object.resourceKind, name) {
        live = nil
      }
      let applied = try ApplyCommand.apply(object, world, isDry: true).object.node
      var merged = withoutBookkeeping(applied, live)
      if object is Secret { mask(&live, &merged) }
      try live.map { try Files.writeText($0.yamlText(), to: folder["LIVE/\(file)"]) }
      try Files.writeText(merged.yamlText(), to: folder["MERGED/\(file)"])
    }
  }

  /// What `apply` notes for itself, the version that it would give and what has happened meanwhile
  /// are no changes that anybody has asked for.
  private static func withoutBookkeeping(_ merged: Node, _ live: Node?) -> Node {
    let annotations = ["metadata", "annotations"]
    let note = live?["metadata"]?["annotations"]?[LastApplied.annotation]
    var merged = merged.setting(annotations + [LastApplied.annotation], to: note)
    if merged["metadata"]?["annotations"]?.words.isEmpty == true {
      merged = merged.setting(annotations, to: live?["metadata"]?["annotations"])
    }
    for path in [["metadata", "resourceVersion"], ["status"]] {
      let kept = path.reduce(live) { $0?[$1] }
      merged = merged.setting(path, to: kept)
    }
    return merged
  }

  /// Whether a value of a Secret differs is shown, and not what it is.
  private static func mask(_ live: inout Node?, _ merged: inout Node) {
    let (before, after) = (live?["data"]?.words ?? [:], merged["data"]?.words ?? [:])
    func masked(_ words: [String: String], _ others: [String: String], _ mark: String) -> Node {
      let values = words.map { key, value in
        (key, others[key] == nil || others[key] == value ? "***" : "*** (\(mark))")
      }
      return Node(words: Dictionary(uniqueKeysWithValues: values))
    }
    if !before.isEmpty { live = live?.setting(["data"], to: masked(before, after, "before")) }
    if !after.isEmpty { merged = merged.setting(["data"], to: masked(after, before, "after")) }
    // The note of apply has them too.
    let note = ["metadata", "annotations", LastApplied.annotation]
    live = live?.setting(note, to: nil)
    merged = merged.setting(note, to: nil)
  }

  /// By the program of the variable, which may have arguments, or by diff.
  private static func compare(_ folder: TemporaryFolder) throws -> CInt {
    let chosen = getenv("KUBECTL_EXTERNAL_DIFF").map { String(cString: $0) } ?? ""
    var words = chosen.split(separator: " ").map(String.init)
    if words.isEmpty { words = ["diff", "-u", "-N"] }
    guard let path = Program.find(words[0]) else {
      throw CommandError("the program \"\(words[0])\" is not installed")
    }
    var program = Program(path, words + [folder["LIVE"], folder["MERGED"]])
    program.descriptors = [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO]
    return try program.spawn().wait().code
  }
}
