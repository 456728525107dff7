import Glibc

@testable import PodShim

/// What an engine is to its containers in the end: their parent, who learns how they have ended.
extension Caller {
  struct Late: Error, CustomStringConvertible {
    var what: String
    var description: String { "waited too long for \(what)" }
  }

  /// From now on `pid` is waited for, as conmon waits for what a pid file says.
  func adopt(_ pid: pid_t) { containers.insert(pid) }

  /// Reaps containers that have ended. A runtime may be waiting for just that.
  func reap() {
    for pid in containers {
      guard let exit = try? Process.reap(pid) else { continue }
      containers.remove(pid)
      ends[pid] = exit
    }
  }

  func wait(
    for what: String, within limit: Duration = .seconds(10), _ condition: () throws -> Bool
  ) throws {
    let deadline = Clock.boot() + limit
    while try !condition() {
      reap()
      guard Clock.boot() < deadline else { throw Late(what: what) }
      usleep(2000)
    }
  }

  /// Waits until the process has ended, as its parent.
  @discardableResult
  func wait(forEndOf pid: pid_t) throws -> ExitStatus? {
    try wait(for: "process \(pid) to end") { ends[pid] != nil }
    return ends[pid]?.status
  }
}
