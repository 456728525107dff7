import Glibc
import OCISpec
import PodModel

/// An error of ours in the form in which engines read those of a runtime: the same words on
/// standard error and, where they have asked for one, as the one line of a JSON log.
struct RuntimeComplaint {
  /// What runtimes answer when `exec` fails before there is a process.
  static let execFailed: CInt = 255

  private let log: LogTarget?
  private let isJSON: Bool

  init(_ line: RuntimeCommandLine) {
    log = line.globals.value("log").map { LogTarget($0) }
    isJSON = line.globals.value("log-format") == "json"
  }

  func say(_ message: String) {
    let record = Self.record(message, at: Timestamp(wall: Clock.wall()))
    if case .file(let path) = log {
      // Where the log cannot be written there still is standard error.
      try? Self.append(isJSON ? record : message, to: path)
      Output.complain(message)
    } else {
      Output.complain(isJSON ? record : message)
    }
  }

  /// In the order of runc, which containerd and podman read.
  static func record(_ message: String, at time: Timestamp) -> String {
    let node = Node.mapping([
      .init("level", .string("error")), .init("msg", .string(message)),
      .init("time", .string(time.description)),
    ])
    return String(node.jsonText(sortedKeys: false, isOneLine: true).dropLast())
  }

  private static func append(_ text: String, to path: String) throws(SyscallError) {
    let file = try FileDescriptor.open(path, O_WRONLY | O_CREAT | O_APPEND, mode: 0o600)
    try file.writeAll(Array((text + "\n").utf8))
  }
}
