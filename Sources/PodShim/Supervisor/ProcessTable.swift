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
    let before = journal.offset
    for entry in try journal.readNew() {
      if let end = waiting.removeValue(forKey: entry.pid) {
        end(entry.status, entry.at)
      } else {
        unclaimed.append((before, entry))
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

  func forget(_ pid: Int32) { waiting[pid] = nil }

  /// Nothing is being made: ends that nobody claimed by now are of no concern.
  func dropUnclaimed() { unclaimed.removeAll() }
}
