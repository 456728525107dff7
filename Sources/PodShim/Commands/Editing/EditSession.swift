import Glibc
import PodModel

/// One object in an editor, again and again until what was made of it can be stored or nothing
/// changes any more.
struct EditSession {
  private let resource: Resource
  private let world: World

  init(_ resource: Resource, _ world: World) {
    self.resource = resource
    self.world = world
  }

  /// The object as it is stored then; nil when nothing was changed.
  func run() throws -> (any NamedObject)? {
    let folder = try TemporaryFolder("edit")
    let file = folder["\(resource.kind.singular)-\(resource.name).yaml"]
    let shown = try object
    let original = shown.node.yamlText()
    var written = original
    var failures: [String] = []
    while true {
      do {
        try Files.writeText(header(failures) + written, to: file, mode: 0o600)
        try edit(file)
      } catch {
        // Nothing of a Secret stays behind that nobody has written.
        if failures.isEmpty { folder.remove() }
        throw error
      }
      let edited = EditSession.body(try Files.readText(file))
      if edited.isEmpty || edited == original || edited == written {
        return try cancel(edited, isFailed: !failures.isEmpty, folder, file)
      }
      do {
        let changed = try store(edited, madeOf: shown)
        folder.remove()
        if !changed.isChange { Output.complain("Edit cancelled, no changes made.") }
        return changed.isChange ? changed.object : nil
      } catch let error as CommandErrors {
        failures = error.description.split(separator: "\n").map(String.init)
      } catch let error as CommandError {
        failures = error.description.split(separator: "\n").map(String.init)
      }
      written = edited
    }
  }

  private func cancel(
    _ edited: String, isFailed: Bool, _ folder: TemporaryFolder, _ file: String
  ) throws -> (any NamedObject)? {
    if isFailed {
      throw CommandError(
        "Edit cancelled, no valid changes were saved: what was written is in `\(file)`")
    }
    folder.remove()
    Output.complain(
      edited.isEmpty
        ? "Edit cancelled, saved file was empty." : "Edit cancelled, no changes made.")
    return nil
  }

  /// What a person may change: no status, and no container that `debug` has added.
  private var object: any NamedObject {
    get throws {
      switch resource.content {
      case .pod(let stored, _): stored.pod.with { $0.spec.ephemeralContainers = [] }
      case .object(let object): object
      case .event, .node: throw CommandError("\(resource.reference) is not to be edited")
      }
    }
  }

  private func header(_ failures: [String]) -> String {
    let lines = [
      "Please edit the object below. Lines beginning with a '#' will be ignored,",
      "and an empty file will abort the edit. If an error occurs while saving this file will be",
      "reopened with the relevant failures.", "",
    ]
    let name = "\(resource.kind.resource) \(resource.name.quoted)"
    let told =
      failures.isEmpty ? [] : ["\(name) was not valid:"] + failures.map { "* \($0)" } + [""]
    return (lines + told).map { $0.isEmpty ? "#\n" : "# \($0)\n" }.joined()
  }

  /// Without the lines that are comments, and empty when nothing else is there.
  private static func body(_ text: String) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let body = lines.filter { !$0.hasPrefix("#") }.joined(separator: "\n")
    return body.allSatisfy(\.isWhitespace) ? "" : body
  }

  private func store(
    _ text: String, madeOf shown: any NamedObject
  ) throws -> ReplacedObject {
    let manifest = Manifest.read(text: text, file: "line")
    if !manifest.errors.isEmpty { throw CommandErrors(errors: manifest.errors) }
    guard let object = manifest.objects.first, manifest.objects.count == 1 else {
      throw CommandError("there must be one object, not \(manifest.objects.count)")
    }
    guard object.resourceKind == resource.kind, object.metadata.name == resource.name,
      object.metadata.place == resource.namespace
    else {
      throw CommandError(
        "kind, name and namespace are not to be changed: this is \(resource.reference)")
    }
    return try ReplacedObject(object, madeOf: shown, world)
  }

  /// By the first of the variables that is set, which may have arguments, or by vi.
  private func edit(_ file: String) throws {
    let names: [String] = ["KUBE_EDITOR", "EDITOR"]
    let chosen = names.map { name in getenv(name).map { String(cString: $0) } ?? "" }
    let editor = chosen.first { !$0.isEmpty } ?? "vi"
    var program = Program("/bin/sh", ["sh", "-c", "\(editor) \"$1\"", "sh", file])
    program.descriptors = [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO]
    guard try program.spawn().wait() == .exited(0) else {
      throw CommandError("there was a problem with the editor \(editor.quoted)")
    }
  }
}
