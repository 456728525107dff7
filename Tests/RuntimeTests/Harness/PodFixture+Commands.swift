import Glibc
import PodModel

@testable import PodShim

/// The commands, as tests give them.
extension PodFixture {
  /// A command that had to succeed and did not.
  struct CommandFailed: Error, CustomStringConvertible {
    var arguments: [String]
    var result: ProgramResult

    var description: String {
      "`podshim \(arguments.joined(separator: " "))`: \(result.status): \(result.errorText)"
    }
  }

  /// The program with what makes it see this world alone.
  func program(_ arguments: [String]) -> Program {
    let words = arguments.split(separator: "--", maxSplits: 1, omittingEmptySubsequences: false)
    let before = Array(words[0])
    var world = ["--root", root, "--state", state]
    if !before.contains("--runtime") { world += ["--runtime", runtime.rawValue] }
    var all = ["podshim"] + before + world
    if words.count > 1 { all += ["--"] + words[1] }
    var program =
      user.map { $0.program(folder + "/podshim", all) } ?? Program(host.binary, all)
    // Of two with one name the first counts.
    program.environment =
      environment + [
        "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        "HOME=\(user == nil ? "/root" : folder)",
        "TERM=xterm", "PODSHIM_PULL=\(pull)", marker,
      ]
    program.namespaces = namespaces
    program.directory = "/"
    return program
  }

  /// In the environment of every process of ours that this world starts.
  var marker: String { "PODSHIM_TESTS=\(folder)/" }

  /// Runs a command to its end, whatever that is.
  func run(
    _ arguments: [String], input: [UInt8] = [], within limit: Duration = .seconds(30)
  ) throws -> ProgramResult {
    if arguments.first == "delete" { try noteNamespaces() }
    let begun = Clock.boot()
    let line = "\(begun) $ podshim \(arguments.joined(separator: " "))"
    do {
      let result = try program(arguments).run(input: input, timeout: limit)
      try noteUIDs()
      history.append(
        "\(line)\n\(result.status) after \(Clock.boot() - begun)\n"
          + "\(result.outputText)\(result.errorText)")
      return result
    } catch {
      history.append("\(line)\n\(error)")
      throw error
    }
  }

  /// Runs a command that has to succeed, and answers what it printed.
  @discardableResult
  func podshim(_ arguments: String...) throws -> String { try podshim(arguments) }

  @discardableResult
  func podshim(_ arguments: [String], input: String = "") throws -> String {
    let result = try run(arguments, input: Array(input.utf8))
    guard result.succeeded else { throw CommandFailed(arguments: arguments, result: result) }
    return result.outputText
  }

  /// Creates a pod from its `spec`, written in YAML.
  func create(_ spec: String, named name: String = "pod") throws {
    try podshim(["create", "-f", "-"], input: Self.manifest(spec, named: name))
  }

  /// Creates the pods of `fixtures/runtime/<name>.yaml`.
  ///
  /// - Parameter values: what stands for `@NAME@` there.
  func create(fixture name: String, _ values: [String: String] = [:]) throws {
    var text = try Files.readText("\(TestHost.checkout)/fixtures/runtime/\(name).yaml")
    for (name, value) in values { text = text.replacing("@\(name)@", with: value) }
    try podshim(["create", "-f", "-"], input: text)
  }

  static func manifest(_ spec: String, named name: String = "pod") -> String {
    let lines = spec.split(separator: "\n", omittingEmptySubsequences: false)
    return "apiVersion: v1\nkind: Pod\nmetadata:\n  name: \(name)\nspec:\n"
      + lines.map { "  \($0)\n" }.joined()
  }

  /// What a command prints that runs in a container.
  func exec(_ pod: String = "pod", in container: String, _ command: String...) throws -> String {
    try podshim(["exec", pod, "-c", container, "--"] + command)
  }

  /// The pod's history, a JSON object each.
  func events(of pod: String = "pod") throws -> [String] {
    let text = try? Files.readText("\(state)/pods/\(try uid(of: pod))/events")
    return (text ?? "").replacing("\\/", with: "/").split(separator: "\n").map(String.init)
  }

  func logs(_ pod: String = "pod", of container: String) throws -> String {
    try podshim("logs", pod, "-c", container)
  }

  /// The pod as `get` shows it.
  func pod(_ name: String = "pod") throws -> Pod {
    let json = try podshim("get", "pod", name, "-o", "json")
    return try Pod.stored(Array(json.utf8), file: "get -o json")
  }

  func status(_ name: String = "pod") throws -> PodStatus { try pod(name).status ?? PodStatus() }

  func container(_ container: String, of pod: String = "pod") throws -> ContainerStatus {
    try status(pod).container(container) ?? ContainerStatus()
  }

  /// One cell of `get pods`.
  func cell(_ column: String, of pod: String = "pod") throws -> String {
    let lines = try podshim("get", "pods", pod).split(separator: "\n")
    let rows = lines.map { $0.split(separator: "   ").map { $0.trimmed } }
    guard rows.count == 2, let place = rows[0].firstIndex(of: column), place < rows[1].count else {
      return ""
    }
    return rows[1][place]
  }
}

extension Substring {
  fileprivate var trimmed: String {
    let kept = drop { $0 == " " }
    return String(kept.prefix(kept.count - kept.reversed().prefix { $0 == " " }.count))
  }
}
