import Glibc

/// A process of ours beside a pod, as its supervisor sees it: what forwards its host ports, or
/// carries its network without root.
///
/// It outlives the supervisor: the next one finds it by its record. It begins when the record is
/// written, and ends by itself if that never happens, so there is never one that nobody knows.
final class Companion {
  /// Each has its record in a file of this name.
  enum Duty: String {
    case forwarder
    case network = "network-program"
  }

  let record: CompanionRecord
  private let process: Child

  var pid: pid_t { process.pid }
  /// Readable once it has ended.
  var pidfd: CInt { process.pidfd.raw }

  /// What its descriptor 0 says once the supervisor has written down that it exists.
  static let go: UInt8 = 1

  private init(_ record: CompanionRecord, _ process: Child) {
    self.record = record
    self.process = process
  }

  /// Starts a program that waits for the word on its descriptor 0, which stands empty in
  /// `program`.
  ///
  /// - Parameters:
  ///   - pause: whose network it works for.
  ///   - directory: where the record is written, the pod's state directory.
  ///   - position: the end of the keeper's journal, read before this call.
  static func start(
    _ program: Program, as duty: Duty, of pause: pid_t, recordIn directory: String,
    at position: Int
  ) throws(SyscallError) -> Companion {
    let gate = try Pipe.make()
    var program = program
    program.descriptors[0] = gate.reader.raw
    program.directory = "/"
    let child = try program.spawn()
    let record = CompanionRecord(
      pid: child.pid, position: position, startTime: PidFD.startTime(of: child.pid) ?? 0,
      pause: pause)
    do throws(SyscallError) {
      try record.write(duty, in: directory)
      try gate.writer.writeAll([go])
    } catch {
      try child.signal(SIGKILL)
      _ = try child.wait()
      throw error
    }
    return Companion(record, child)
  }

  /// In the process itself: waits for the supervisor. One that dies before it knows us for good
  /// does not want us.
  static func isWanted() throws(SyscallError) -> Bool {
    let gate = FileDescriptor(owning: 0)
    var answer: [UInt8] = [0]
    return try gate.read(into: &answer) == 1 && answer[0] == go
  }

  /// The one that an earlier supervisor started, if it still runs. It is the keeper's child by now,
  /// or will be, so its end is told by the journal.
  ///
  /// - Parameter pause: the one that it must work for; nil takes any, to end it.
  static func find(_ duty: Duty, in directory: String, of pause: pid_t? = nil) -> Companion? {
    guard let record = CompanionRecord(duty, in: directory), pause == nil || record.pause == pause,
      let pidfd = try? PidFD.open(record.pid),
      // Read after the pidfd is ours: the pid cannot have come to mean another process since.
      PidFD.startTime(of: record.pid) == record.startTime
    else { return nil }
    let companion = Companion(record, Child(pid: record.pid, pidfd: pidfd))
    return companion.hasEnded(within: 0) ? nil : companion
  }

  /// Ends it and waits for that; it dies of the signal at once. What it held open is closed.
  func stop() throws(SyscallError) {
    do throws(SyscallError) {
      try process.signal(SIGKILL)
    } catch {
      if error.errno != ESRCH { throw error }
    }
    while !hasEnded(within: -1) {}
    reap()
  }

  /// Ends the one that is written down, and forgets it.
  static func end(_ duty: Duty, in directory: String) throws(SyscallError) {
    try find(duty, in: directory)?.stop()
    try CompanionRecord.remove(duty, in: directory)
  }

  /// Lets go of one that has ended; one that was found again is the keeper's to reap.
  func reap() {
    _ = try? process.reap()
  }

  private func hasEnded(within milliseconds: CInt) -> Bool {
    var ended = pollfd(fd: pidfd, events: Int16(POLLIN), revents: 0)
    return poll(&ended, 1, milliseconds) > 0
  }
}
