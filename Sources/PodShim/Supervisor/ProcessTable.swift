import Glibc

/// Who waits for the end of which process, told from the journal.
///
/// A process may be gone before anybody asks for it, so an end that nobody waits for is kept until
/// nothing is being made any more. An end counts only when it was written after the process was
/// begun: a pid that the kernel gives out again does not confuse it.
final class ProcessTable {
  typealias End = (ExitStatus, Duration) -> Void

  private var journal: Journal
  private var waiting: [Int32: End] = [:]
  private var unclaimed: [(position: Int64, entry: Journal.Entry)] = []

  init(journal: String) {
    self.journal = Journal(path: journal)
  }

  /// The place in the journal from which the end of a process begun now is written.
  var position: Int64 { journal.offset }

  /// Reads what is new, and tells those who wait.
  func read() throws(SyscallError) {
    for (position, entry) in try journal.readNew() {
      if let end = waiting.removeValue(forKey: entry.pid) {
        end(entry.status, entry.at)
      } else {
        unclaimed.append((position, entry))
      }
    }
  }

  /// Calls `end` once, at once when the journal has it already.
  func expect(_ pid: Int32, since position: Int64, _ end: @escaping End) {
    if let index = unclaimed.firstIndex(where: { $0.entry.pid == pid && $0.position >= position }) {
      let entry = unclaimed.remove(at: index).entry
      end(entry.status, entry.at)
    } else {
      waiting[pid] = end
    }
  }

  /// The same for a process that an earlier supervisor began. When its keeper was killed it is the
  /// child of the host's PID 1 now, and the journal will not hear of it: its pidfd has to tell.
  func expectAgain(
    _ record: ProcessRecord, _ process: PidDescriptor?, loop: Loop, _ end: @escaping End
  ) throws(SyscallError) {
    let isKept = PidFD.parent(of: record.pid) == getppid()
    // A process that the keeper has let go meanwhile is in the journal by now.
    try read()
    let isKnown = unclaimed.contains {
      $0.entry.pid == record.pid && $0.position >= record.position
    }
    if isKept || isKnown {
      return expect(record.pid, since: record.position, end)
    }
    guard let process else { return end(ProcessTable.unknown, Clock.boot()) }
    try loop.watch(process.pidfd.raw, .readable) { _ in
      loop.unwatch(process.pidfd.raw)
      end(ProcessTable.reapedStatus(of: process) ?? ProcessTable.unknown, Clock.boot())
    }
  }

  /// What the kubelet writes for a container whose end nobody saw.
  private static let unknown = ExitStatus.signaled(SIGKILL)

  /// PID 1 reaps within a moment; the kernel tells the status only after that.
  private static func reapedStatus(of process: PidDescriptor) -> ExitStatus? {
    for _ in 0..<20 {
      if let status = PidFD.exitStatus(process.pidfd.raw) { return status }
      usleep(1000)
    }
    return nil
  }

  func forget(_ pid: Int32) { waiting[pid] = nil }

  /// Nothing is being made: ends that nobody claimed by now are of no concern.
  func dropUnclaimed() { unclaimed.removeAll() }
}
