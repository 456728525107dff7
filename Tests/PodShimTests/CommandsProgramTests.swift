import Glibc
import Testing

@testable import PodShim

/// The built program from outside, as far as it needs no right and no runtime.
@Suite("The program")
struct CommandsProgramTests {
  private let scratch: LinuxScratch

  init() throws { scratch = try LinuxScratch() }

  private func run(_ arguments: String..., input: String = "") throws -> ProgramResult {
    try scratch.podshim(arguments, input: input)
  }

  /// The same through a shell, which sets up descriptors and environment.
  private func shell(_ line: String) throws -> ProgramResult {
    let text = line.split(separator: "podshim ", omittingEmptySubsequences: false)
      .joined(separator: "\(try LinuxScratch.program()) ")
    return try Program("/bin/sh", ["sh", "-c", text]).run(timeout: .seconds(20))
  }

  private static let good =
    "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n"
    + "spec: {containers: [{name: a, image: a}]}\n"

  @Test func `a line that makes no sense is status 2, a failure status 1`() throws {
    let usage = try run("gte", "pods")
    #expect(usage.status == .exited(2))
    #expect(
      usage.errorText == "error: unknown command \"gte\" (did you mean \"get\"?)\n"
        + "See 'podshim help' for usage.\n")
    let failure = try run("get", "pod", "web")
    #expect(failure.status == .exited(1))
    #expect(failure.errorText == "Error: pods \"web\" not found\n")
    #expect(try run("delete", "pod", "web").errorText == "Error: pods \"web\" not found\n")
    #expect(try run("delete", "pod", "web", "--ignore-not-found").succeeded)
  }

  @Test func `no pods are no error`() throws {
    let table = try run("get", "pods", "-n", "blue")
    #expect(table.succeeded && table.output.isEmpty)
    #expect(table.errorText == "No resources found in blue namespace.\n")
    #expect(try run("get", "po", "-A").errorText == "No resources found\n")
    #expect(
      try run("get", "pods", "-o", "yaml").outputText
        == "apiVersion: v1\nitems: []\nkind: List\nmetadata:\n  resourceVersion: \"\"\n")
  }

  @Test func `with one mistake in any document nothing is created, and all mistakes are told`()
    throws
  {
    let text = Self.good + "---\n" + Self.good.replacing("image", with: "imge") + "---\nkind: Pot\n"
    let result = try run("create", "-f", "-", "--runtime", "/bin/true", input: text)
    #expect(result.status == .exited(1))
    #expect(result.output.isEmpty)
    #expect(result.errorText.contains("error: stdin:9:31: "))
    #expect(result.errorText.contains("imge"))
    #expect(result.errorText.split(separator: "\n").count >= 2)
    #expect(!Files.exists(scratch["root/pods"]))
  }

  @Test func `without a runtime nothing is created`() throws {
    let result = try run("create", "-f", "-", "--runtime", "nothing", input: Self.good)
    #expect(result.status == .exited(1))
    #expect(result.errorText.hasPrefix("error: runtime `nothing` not found: install it"))
    #expect(!Files.exists(scratch["root/pods"]))
  }

  @Test func `a manifest that is not there is told by name`() throws {
    #expect(
      try run("create", "-f", scratch["no.yaml"]).errorText
        == "error: the path \"\(scratch["no.yaml"])\" does not exist\n")
    #expect(
      try run("create", "-f", scratch.path).errorText
        == "error: the folder \"\(scratch.path)\" holds no .yaml, .yml or .json file\n")
    #expect(try run("create").status == .exited(2))
  }

  @Test func `a namespace of the manifest and another of the command line contradict each other`()
    throws
  {
    let text = Self.good.replacing("{name: a}", with: "{name: a, namespace: blue}")
    let result = try run(
      "create", "-n", "red", "-f", "-", "--runtime", "/bin/true", input: text)
    #expect(result.status == .exited(1))
    #expect(result.errorText.contains("does not match the namespace \"red\""))
  }

  @Test func `closed descriptors, no HOME and no TERM are no reason to fail`() throws {
    #expect(try shell("podshim version >&-").succeeded)
    #expect(try shell("podshim help <&- >&- 2>&-").succeeded)
    #expect(try shell("env -i podshim version").outputText == "podshim \(CommandTable.version)\n")
    #expect(try shell("cd /; env -i podshim get pods --root \(scratch["r"])").succeeded)
  }

  @Test func `a reader that has gone is not worth a word`() throws {
    let result = try shell("(sleep 0.1; podshim help; echo $? >&2) | :")
    #expect(result.errorText == "141\n")
  }

  @Test func `a full disk is told`() throws {
    let result = try shell("podshim version > /dev/full")
    #expect(result.status == .exited(1))
    #expect(result.errorText == "error: write `standard output`: No space left on device\n")
  }

  @Test func `settings may come from the environment, flags win`() throws {
    let environment = "PODSHIM_ROOT=\(scratch["e"]) PODSHIM_STATE=\(scratch["s"]) "
    #expect(try shell(environment + "podshim get pods").succeeded)
    #expect(try shell("PODSHIM_RUNTIME=nothing podshim create -f /dev/null").status == .exited(1))
    #expect(try shell("podshim get pods --root=").status == .exited(2))
  }
}

extension String {
  fileprivate func replacing(_ word: String, with other: String) -> String {
    split(separator: word, omittingEmptySubsequences: false).joined(separator: other)
  }
}
