import Glibc

/// Which process forwards a pod's host ports: written before the forwarder begins, so that a
/// supervisor that comes back finds it again. One line, `<pid> <journal position>`.
struct ForwarderRecord: Equatable {
  var pid: pid_t
  /// Where the keeper's journal stood when the forwarder was started.
  var position: Int

  private static func path(_ directory: String) -> String { directory + "/forwarder" }

  init(pid: pid_t, position: Int) {
    self.pid = pid
    self.position = position
  }

  /// - Parameter directory: the pod's, under the state directory. Nil when none was written there.
  init?(in directory: String) {
    guard let text = try? Files.readText(ForwarderRecord.path(directory)) else { return nil }
    let words = text.split(whereSeparator: \.isWhitespace)
    guard words.count == 2, let pid = pid_t(words[0]), let position = Int(words[1]) else {
      return nil
    }
    self.init(pid: pid, position: position)
  }

  func write(in directory: String) throws(SyscallError) {
    try Files.replace(ForwarderRecord.path(directory), with: Array("\(pid) \(position)\n".utf8))
  }

  static func remove(in directory: String) throws(SyscallError) {
    try Files.remove(path(directory))
  }
}
