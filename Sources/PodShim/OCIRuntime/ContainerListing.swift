import Glibc
import OCISpec
import PodModel

/// What `list` shows: the runtime's own containers, and the pods of this host with theirs.
///
/// Pods are shown to people: who gives a `--root` is an engine that looks for its own containers.
struct ContainerListing {
  private let line: RuntimeCommandLine
  private let runtime: LowerRuntime

  /// nil when the runtime alone has something to show.
  init?(_ line: RuntimeCommandLine, _ runtime: LowerRuntime) throws {
    guard line.verb?.name == "list" else { return nil }
    guard !line.operands.isEmpty || (!line.globals.has("root") && Self.hasPods) else { return nil }
    self.line = line
    self.runtime = runtime
  }

  /// Whether it is worth a look.
  private static var hasPods: Bool { (try? PodOperand.all())?.isEmpty == false }

  func show() throws {
    let rows = try rows()
    if line.flags.has("quiet") {
      return try Output.show(rows.map { "\($0.words["id"] ?? "")\n" }.joined())
    }
    switch line.value("format") ?? "table" {
    case "json": try Output.show(Node.sequence(rows).jsonText(sortedKeys: false))
    case "table": try Output.show(Self.table(rows))
    default: throw RuntimeCall.Failure(description: "invalid format option: write table or json")
    }
  }

  private func rows() throws -> [Node] {
    let named = try line.operands.map { id in
      guard let operand = try PodOperand.find(id: id) else {
        throw RuntimeCall.Failure(description: "pod `\(id)` does not exist")
      }
      return operand
    }
    let pods = named.isEmpty ? try PodOperand.all() : named
    let shown = try pods.flatMap { $0.container == nil ? $0.withContainers : [$0] }.map {
      Node.mapping(try PodState($0).entries(id: $0.id))
    }
    return (named.isEmpty ? theirs() : []) + shown
  }

  private func theirs() -> [Node] {
    guard let text = runtime.answer(["list", "--format=json"]) else {
      // The pods are there all the same.
      Output.complain("`\(runtime.path) list` fails: only pods are shown")
      return []
    }
    // A list by itself is no document of ours.
    let wrapped = Array("{\"all\":".utf8) + text + Array("}".utf8)
    guard case .sequence(let rows) = YAMLText(wrapped).documents.first?["all"]?.content else {
      return []
    }
    return rows
  }

  /// The columns of runc.
  private static func table(_ rows: [Node]) -> String {
    let titles = ["ID", "PID", "STATUS", "BUNDLE", "CREATED", "OWNER"]
    let lines =
      [titles]
      + rows.map { row in
        let words = row.words
        return titles.map { words[$0.lowercased()] ?? "" }
      }
    return GrowingTable().text(lines)
  }
}
