import Glibc
import OCISpec

/// What `--pidfd-socket` asks for: a handle on the container's process, sent to who listens there
/// (runc 1.2 has it, older runtimes have not).
struct PIDFDHandover {
  private let socket: String

  /// nil when nobody has asked.
  init?(_ left: [GivenFlag]) {
    guard let socket = left.value("pidfd-socket") else { return nil }
    self.socket = socket
  }

  /// As runc: the descriptor goes with the name of what it is.
  func send(_ pid: Int32) throws(SyscallError) {
    let handle = try PidFD.open(pid)
    let connection = try UnixSocket.connect(to: socket, kind: .stream)
    try connection.send(Array("pidfd".utf8), descriptors: [handle.raw])
  }
}

/// A file in which a runtime notes a process id for us, when its caller has not named one.
struct NotedPID {
  let path: String
  private let folder: TemporaryFolder?

  init(_ line: RuntimeCommandLine) throws(SyscallError) {
    if let path = line.value("pid-file") {
      (self.path, folder) = (path, nil)
    } else {
      let folder = try TemporaryFolder("runtime")
      (self.path, self.folder) = (folder["pid"], folder)
    }
  }

  /// What the runtime has to be told for it.
  var arguments: [String] { folder == nil ? [] : ["--pid-file=\(path)"] }

  func read() throws -> Int32 { try PidFile.read(path) }

  func remove() { folder?.remove() }
}
