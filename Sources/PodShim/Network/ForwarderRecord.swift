import Glibc

/// Which process forwards a pod's host ports: written before the forwarder begins, so that a
/// supervisor that comes back finds it again. One line,
/// `<pid> <journal position> <start time> <pid of pause>`.
struct ForwarderRecord: Equatable {
  var pid: pid_t
  /// Where the keeper's journal stood when the forwarder was started.
  var position: Int
  /// With the pid, this is the forwarder and no other process. As `PidFD.startTime`.
  var startTime: UInt64
  var pause: pid_t

  private static func path(_ directory: String) -> String { directory + "/forwarder" }

  func write(in directory: String) throws(SyscallError) {
    let line = "\(pid) \(position) \(startTime) \(pause)\n"
    try Files.replace(ForwarderRecord.path(directory), with: Array(line.utf8))
  }

  static func remove(in directory: String) throws(SyscallError) {
    try Files.remove(path(directory))
  }
}

extension ForwarderRecord {
  /// - Parameter directory: the pod's, under the state directory. Nil when none was written there.
  init?(in directory: String) {
    guard let text = try? Files.readText(ForwarderRecord.path(directory)) else { return nil }
    let words = text.split(whereSeparator: \.isWhitespace)
    guard words.count == 4, let pid = pid_t(words[0]), let position = Int(words[1]),
      let startTime = UInt64(words[2]), let pause = pid_t(words[3])
    else { return nil }
    self.init(pid: pid, position: position, startTime: startTime, pause: pause)
  }
}
