import FoundationEssentials
import Glibc

/// Calling the runtime as a child of the loop, and reading what it says.
extension Supervisor {
  /// The kubelet waits as long for its runtime (`runtimeRequestTimeout`).
  private static let runtimePatience = Duration.seconds(120)

  /// Runs the runtime and answers nil, or why it failed. It dies with us: what it was doing is
  /// begun again by the supervisor that comes after.
  func runRuntime(
    _ arguments: [String], log: String, descriptors: [CInt] = [-1, -1, -1],
    directory: String? = nil, then: @escaping (String?) -> Void
  ) throws(SyscallError) {
    var program = Program(arguments[0], arguments)
    program.descriptors = descriptors
    program.directory = directory
    program.deathSignal = SIGKILL
    try loop.run(program, within: Supervisor.runtimePatience) { status in
      then(status == .exited(0) ? nil : RuntimeLog.lastError(log) ?? "\(arguments[0]): \(status)")
    }
  }

  /// Deletes a container that has ended; what cannot be deleted is said and passed over.
  func deleteContainer(_ id: String, log: String, then: @escaping () -> Void) {
    do {
      try runRuntime(runtime.delete(id), log: log) { failure in
        if let failure { Diagnostics.report("cannot delete `\(id)`: \(failure)") }
        then()
      }
    } catch {
      Diagnostics.report("cannot delete `\(id)`: \(error)")
      then()
    }
  }

  /// Work whose failure must not stop the pod from ending.
  func tidy(_ what: String, _ work: () throws -> Void) {
    do { try work() } catch { Diagnostics.report("cannot \(what): \(error)") }
  }
}

/// The log that a runtime writes with `--log-format json`: one object a line.
enum RuntimeLog {
  private struct Line: Decodable {
    var level: String?
    var msg: String
  }

  /// What the runtime said last of what went wrong, without the word that crun and runc put before
  /// it; nil when it said nothing.
  static func lastError(_ path: String) -> String? {
    let bytes = (try? Files.read(path)) ?? []
    let lines = bytes.split(separator: newline).compactMap {
      try? JSONDecoder().decode(Line.self, from: Data($0))
    }
    return (lines.last { $0.level == "error" } ?? lines.last)?.msg
  }
}

/// The file in which a runtime answers with the pid of what it made.
enum PidFile {
  struct Malformed: Error, CustomStringConvertible {
    var description: String
  }

  static func read(_ path: String) throws -> pid_t {
    let text = try Files.readText(path)
    guard let pid = pid_t(text.split(whereSeparator: \.isWhitespace).first ?? "") else {
      throw Malformed(description: "`\(path)` holds no pid")
    }
    return pid
  }
}
