import Glibc
import Testing

@testable import PodShim

/// One test's engine: it calls a runtime as conmon and containerd do, with a `--root` and bundles
/// of its own, and is the parent that its containers get in the end.
///
/// `with` makes it and takes away all that was made through it, whatever becomes of the test.
final class Caller {
  let face: RuntimeFace
  let folder: String
  /// Of the program that is called.
  let program: String
  /// What the program is given before its verb, beside `--root`.
  var globals: [String] = []
  /// The whole environment of the program.
  var environment: [String]
  let failure = FailureNote()
  private let namespaces: [CInt]
  private let uid: String
  var containers: Set<pid_t> = []
  /// How processes of containers have ended, as their parent learns it.
  var ends: [pid_t: Process.Exit] = [:]
  private var history: [String] = []

  /// The `--root` of the runtime.
  var root: String { folder + "/runtime" }
  /// A folder that containers see as `/out`.
  var out: String { folder + "/out" }
  /// The part of each container's path in the cgroup trees that is the same for all.
  var cgroup: String { "/podshim/podshim-\(uid)" }
  /// By this in their environment the sweep knows our processes.
  var mark: String { "PODSHIM_TESTS=\(folder)/" }

  /// Calls one face in a new world.
  ///
  /// - Parameters:
  ///   - failings: who does not keep what `body` asks for, and why that is so.
  ///   - sometimes: who keeps it at times, as two of its processes race.
  static func with(
    _ face: RuntimeFace, failing failings: Failings = [:], sometimes: Failings = [:],
    _ body: (Caller) throws -> Void
  ) throws {
    let caller = try Caller(face)
    defer { caller.end() }
    guard let reason = failings[face] ?? sometimes[face] else {
      try FailureNote.$current.withValue(caller.failure) {
        do {
          try body(caller)
        } catch {
          caller.failure.write()
          throw error
        }
      }
      return
    }
    withKnownIssue(reason, isIntermittent: sometimes[face] != nil) { try body(caller) }
  }

  private init(_ face: RuntimeFace) throws {
    let host = try TestHost.shared.get()
    self.face = face
    try Process.becomeSubreaper()
    folder = try host.makeWorld(below: nil)
    namespaces = try host.namespaces(preparedBy: face.beneath.preparation)
    program = try face.program(in: folder)
    let name = folder.split(separator: "/").suffix(2).joined(separator: "-")
    uid = name.replacing("podshim-runtime-", with: "call-")
    environment = ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"]
    environment.append("PODSHIM_TESTS=\(folder)/")
    try Files.makeDirectories(folder + "/out")
    try Files.writeText(uid + "\n", to: folder + "/uids")
  }

  private func end() {
    if failure.isWritten { report() }
    do {
      let names = try Files.listIfThere(root)
      for name in names where !name.hasPrefix(".") { _ = try call("delete", "--force", name) }
      var sweep = Program(TestHost.sweep, [TestHost.sweep, folder])
      sweep.namespaces = namespaces
      let result = try sweep.run(
        timeout: .seconds(20), each: .milliseconds(5),
        while: {
          reap(); return true
        })
      if !result.succeeded { Issue.record("clean-up: \(result.errorText)") }
    } catch {
      Issue.record(error, "clean-up")
    }
  }

  private func report() {
    let text = "=== \(face)\n\(history.suffix(16).joined(separator: "\n"))\n===\n"
    Attachment.record(text, named: "\(face).txt")
    _ = Array(text.utf8).withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }
}

// MARK: Calling

extension Caller {
  /// Calls the face with these words after `--root` and the globals; the answer may be anything.
  ///
  /// - Parameters:
  ///   - bare: without `--root` and the globals.
  ///   - wrapper: a program that becomes the one that is called, which its last arguments name.
  ///   - descriptors: what the program has as descriptors 3, 4 and so on.
  func call(
    _ words: [String], bare: Bool = false, through wrapper: [String] = [], input: [UInt8] = [],
    directory: String? = nil, descriptors: [CInt] = []
  ) throws -> ProgramResult {
    let arguments = bare ? words : ["--root", root] + globals + words
    var program = Program(wrapper.first ?? self.program, wrapper + [self.program] + arguments)
    program.environment = environment
    program.directory = directory ?? folder
    program.namespaces = namespaces
    let source = try Program.inputFile(input)
    // Files, as what a container prints goes on when the program that made it has ended.
    let output = try OwnedDescriptor.memory("output")
    let errors = try OwnedDescriptor.memory("errors")
    program.descriptors = [source.raw, output.raw, errors.raw] + descriptors
    let child = try program.spawn()
    try finish(child, within: .seconds(20))
    let result = ProgramResult(
      status: try child.wait(), output: try output.everything(), errors: try errors.everything())
    note(arguments, result)
    return result
  }

  func call(_ words: String...) throws -> ProgramResult { try call(words) }

  /// The same, and it has to succeed; what it printed.
  @discardableResult
  func succeed(
    _ words: String..., input: String = "", sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> String {
    try succeed(words, input: input, sourceLocation: sourceLocation)
  }

  @discardableResult
  func succeed(
    _ words: [String], input: String = "", directory: String? = nil, descriptors: [CInt] = [],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> String {
    let result = try call(
      words, input: Array(input.utf8), directory: directory, descriptors: descriptors)
    try #require(
      result.succeeded, "\(words): \(result.status) \(result.errorText)",
      sourceLocation: sourceLocation)
    return result.outputText
  }

  /// The same, and it has to fail by itself; what it said.
  @discardableResult
  func refuse(
    _ words: String..., sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> String {
    let result = try call(words)
    guard case .exited(let status) = result.status else {
      Issue.record("\(words): \(result.status)", sourceLocation: sourceLocation)
      return ""
    }
    #expect(status != 0, "\(words)", sourceLocation: sourceLocation)
    #expect(!result.errors.isEmpty, "\(words): nothing is said", sourceLocation: sourceLocation)
    return result.errorText
  }

  /// Starts the program as `call` does, and does not wait for it.
  func begin(_ words: [String]) throws -> Child {
    var program = Program(self.program, [self.program, "--root", root] + globals + words)
    program.environment = environment
    program.directory = folder
    program.namespaces = namespaces
    history.append("$ \(words.joined(separator: " ")) &")
    return try program.spawn()
  }

  private func finish(_ child: Child, within limit: Duration) throws {
    let deadline = Clock.boot() + limit
    while try child.reap() == nil {
      reap()
      guard Clock.boot() < deadline else {
        try child.signal(SIGKILL)
        _ = try child.wait()
        throw Late(what: "the program to end")
      }
      usleep(1000)
    }
  }

  private func note(_ arguments: [String], _ result: ProgramResult) {
    let said = [result.outputText, result.errorText].filter { !$0.isEmpty }
    let call = "$ \(face) \(arguments.joined(separator: " ")): \(result.status)"
    history.append(([call] + said.map { String($0.prefix(600)) }).joined(separator: "\n"))
  }
}

extension OwnedDescriptor {
  /// What a file in memory holds, by whomever it was written.
  fileprivate func everything() throws -> [UInt8] { try Files.read("/proc/self/fd/\(raw)") }
}
