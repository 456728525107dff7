import Glibc

/// The process that forwards a pod's host ports, as its supervisor sees it.
///
/// It outlives the supervisor: the next one finds it by its record. It begins when the record is
/// written, and ends by itself if that never happens, so there is never one that nobody knows.
final class Forwarder {
  let record: ForwarderRecord
  private let process: Child

  var pid: pid_t { process.pid }
  /// Readable once the forwarder has ended.
  var pidfd: CInt { process.pidfd.raw }

  private init(_ record: ForwarderRecord, _ process: Child) {
    self.record = record
    self.process = process
  }

  /// Starts forwarding into the network of `pause`. The sockets in `bound` are the forwarder's from
  /// here on: let go of them, or the ports stay taken after its end.
  ///
  /// - Parameters:
  ///   - pod: its name, for those who find the process in their way.
  ///   - directory: where the record is written, the pod's state directory.
  ///   - position: the end of the keeper's journal, read before this call.
  static func start(
    _ bound: [BoundPort], of pod: String, into pause: pid_t, recordIn directory: String,
    at position: Int, program: String = "/proc/self/exe"
  ) throws(SyscallError) -> Forwarder {
    let gate = try Pipe.make()
    let words = bound.map { ForwardProgram.Target($0.port).text }
    var forward = Program(program, ["podshim", "forward", pod, "\(pause)"] + words)
    forward.descriptors = [gate.reader.raw, -1, 2] + bound.map(\.socket.raw)
    forward.directory = "/"
    let child = try forward.spawn()
    let record = ForwarderRecord(
      pid: child.pid, position: position, startTime: PidFD.startTime(of: child.pid) ?? 0,
      pause: pause)
    do throws(SyscallError) {
      try record.write(in: directory)
      try gate.writer.writeAll([ForwardProgram.go])
    } catch {
      try child.signal(SIGKILL)
      _ = try child.wait()
      throw error
    }
    return Forwarder(record, child)
  }

  /// The forwarder that an earlier supervisor started, if it still runs. It is the keeper's child
  /// by now, or will be, so its end is told by the journal.
  ///
  /// - Parameter pause: the one that it must forward into; nil takes any, to end it.
  static func find(in directory: String, into pause: pid_t? = nil) -> Forwarder? {
    guard let record = ForwarderRecord(in: directory), pause == nil || record.pause == pause,
      let pidfd = try? PidFD.open(record.pid),
      // Read after the pidfd is ours: the pid cannot have come to mean another process since.
      PidFD.startTime(of: record.pid) == record.startTime
    else { return nil }
    let forwarder = Forwarder(record, Child(pid: record.pid, pidfd: pidfd))
    return forwarder.hasEnded(within: 0) ? nil : forwarder
  }

  /// Ends the forwarder and waits for that; it dies of the signal at once. Open connections are
  /// cut and the ports are free.
  func stop() throws(SyscallError) {
    do throws(SyscallError) {
      try process.signal(SIGTERM)
    } catch {
      if error.errno != ESRCH { throw error }
    }
    while !hasEnded(within: -1) {}
    reap()
  }

  /// Lets go of a forwarder that has ended; one that was found again is the keeper's to reap.
  func reap() {
    _ = try? process.reap()
  }

  private func hasEnded(within milliseconds: CInt) -> Bool {
    var ended = pollfd(fd: pidfd, events: Int16(POLLIN), revents: 0)
    return poll(&ended, 1, milliseconds) > 0
  }
}
