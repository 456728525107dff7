import Glibc

/// Which process works for a pod: written before it begins, so that a supervisor that comes back
/// finds it again. One line, `<pid> <journal position> <start time> <pid of pause>`.
struct CompanionRecord: Equatable {
  var pid: pid_t
  /// Where the keeper's journal stood when it was started.
  var position: Int
  /// With the pid, this is the one and no other process. As `PidFD.startTime`.
  var startTime: UInt64
  var pause: pid_t

  private static func path(_ duty: Companion.Duty, _ directory: String) -> String {
    "\(directory)/\(duty.rawValue)"
  }

  func write(_ duty: Companion.Duty, in directory: String) throws(SyscallError) {
    let line = "\(pid) \(position) \(startTime) \(pause)\n"
    try Files.replace(CompanionRecord.path(duty, directory), with: Array(line.utf8))
  }

  static func remove(_ duty: Companion.Duty, in directory: String) throws(SyscallError) {
    try Files.remove(path(duty, directory))
  }
}

extension CompanionRecord {
  /// - Parameter directory: the pod's, under the state directory. Nil when none was written there.
  init?(_ duty: Companion.Duty, in directory: String) {
    guard let text = try? Files.readText(CompanionRecord.path(duty, directory)) else { return nil }
    let words = text.split(whereSeparator: \.isWhitespace)
    guard words.count == 4, let pid = pid_t(words[0]), let position = Int(words[1]),
      let startTime = UInt64(words[2]), let pause = pid_t(words[3])
    else { return nil }
    self.init(pid: pid, position: position, startTime: startTime, pause: pause)
  }
}
