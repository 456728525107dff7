import Glibc
import OCISpec
import PodModel

/// What `ps` of a runtime shows: the ids alone as JSON, or the lines of the host's `ps`.
struct ProcessListing {
  private let format: String
  private let options: [String]
  private let pids: [Int32]

  init(_ line: RuntimeCommandLine, pids: [Int32]) {
    format = line.value("format") ?? "table"
    options = Array(line.operands.dropFirst())
    self.pids = pids
  }

  func show() throws {
    switch format {
    case "json":
      let list = Node.sequence(pids.map { .integer(Int64($0)) })
      try Output.show(list.jsonText(isOneLine: true))
    case "table": try showTable()
    default: throw RuntimeCall.Failure(description: "invalid format option: write table or json")
    }
  }

  /// As runc does: the lines of `ps` whose number is one of ours, and the one above them.
  private func showTable() throws {
    guard let ps = Program.find("ps") ?? Program.find("ps", path: Program.usualPath) else {
      throw RuntimeCall.Failure(
        description: "`ps` is not installed: install procps, or use --format json")
    }
    let result = try Program(ps, ["ps"] + (options.isEmpty ? ["-ef"] : options)).run()
    guard result.succeeded else { throw RuntimeCall.Failure(description: result.errorText) }
    let lines = result.outputText.split(separator: "\n")
    let titles = lines.first?.split(separator: " ") ?? []
    guard let column = titles.firstIndex(of: "PID") else {
      throw RuntimeCall.Failure(description: "`ps` shows no column PID: add one with -o")
    }
    let ours = lines.dropFirst().filter { line in
      let words = line.split(separator: " ")
      return words.count > column && Int32(words[column]).map(pids.contains) ?? false
    }
    try Output.show((lines.prefix(1) + ours).map { $0 + "\n" }.joined())
  }
}
