import Glibc
import PodModel

/// The program that carries the network of a pod without root: started with each sandbox, waited
/// for no longer than its time, replaced when it ends unasked, ended with the sandbox.
extension Supervisor {
  /// Answers when the pod has its network, or does without: that is no reason not to run.
  func joinUserNetwork(_ mode: NetworkMode, _ pid: pid_t, then: @escaping (String?) -> Void) {
    networkProgramEnds = 0
    carryNetwork(mode, pid) { [unowned self] failure in
      guard let failure else { return then(nil) }
      let reason = "`\(mode.rawValue)` failed: \(failure)"
      EventLog.append(Note(.warning, "NetworkFailed", reason), to: paths)
      doWithoutNetwork(reason)
      then(nil)
    }
  }

  /// Starts the program, and answers once: nil when it is ready, else why it is not; then nothing
  /// of it is left.
  private func carryNetwork(
    _ mode: NetworkMode, _ pid: pid_t, then: @escaping (String?) -> Void
  ) {
    do {
      // That of an earlier sandbox, whose supervisor was killed.
      try Companion.end(.network, in: paths.state)
      let pipe = try Pipe.make().split()
      let program = try UserNetwork.program(mode, for: pid, ready: pipe.writer.raw)
      let started = try Companion.start(
        program, as: .network, of: pid, recordIn: paths.state, at: Int(processes.position))
      networkProgram = started
      try expect(pipe.reader) { [unowned self] failure in
        do {
          if failure == nil { try watch(started, mode, of: pid) } else { endUserNetwork() }
          then(failure)
        } catch {
          then("\(error)")
        }
      }
    } catch {
      then("\(error)")
    }
  }

  /// Until a byte comes from the program; its end closes the pipe.
  private func expect(
    _ ready: OwnedDescriptor, then: @escaping (String?) -> Void
  ) throws(SyscallError) {
    var isOver = false
    func end(_ failure: String?) {
      guard !isOver else { return }
      isOver = true
      loop.unwatch(ready.raw)
      then(failure)
    }
    let alarm = loop.after(UserNetwork.patience) {
      end("not ready after \(UserNetwork.patience)")
    }
    try loop.watch(ready.raw, .readable) { _ in
      alarm.cancel()
      var byte: [UInt8] = [0]
      let count = (try? ready.read(into: &byte)) ?? 0
      end(count == 1 ? nil : "it ended before it was ready: see its words in supervisor.log")
    }
  }

  /// One that is ready.
  private func watch(_ started: Companion, _ mode: NetworkMode, of pid: pid_t) throws {
    try loop.watch(started.pidfd, .readable) { [unowned self] _ in
      loop.unwatch(started.pidfd)
      started.reap()
      guard networkProgram === started else { return }
      networkProgram = nil
      guard pause?.pid == pid else { return }
      replaceNetworkProgram(mode, of: pid, because: "it has ended")
    }
  }

  /// Not at once, and later each time: what has ended it may do so again.
  private func replaceNetworkProgram(
    _ mode: NetworkMode, of pid: pid_t, because reason: String
  ) {
    EventLog.append(
      Note(.warning, "NetworkChanged", "Starting `\(mode.rawValue)` again: \(reason)"), to: paths)
    let delay = Duration.seconds(min(60, 1 << min(networkProgramEnds, 6)))
    networkProgramEnds += 1
    loop.after(delay) { [unowned self] in
      guard pause?.pid == pid, networkProgram == nil else { return }
      carryNetwork(mode, pid) { [unowned self] failure in
        guard pause?.pid == pid, let failure else { return }
        replaceNetworkProgram(mode, of: pid, because: failure)
      }
    }
  }

  func endUserNetwork() {
    if let networkProgram { loop.unwatch(networkProgram.pidfd) }
    networkProgram?.reap()
    networkProgram = nil
    tidy("end the program of the network") { try Companion.end(.network, in: paths.state) }
  }

  /// The one that an earlier supervisor started; a new one when it is gone.
  func findUserNetwork() {
    guard let pause, let mode = network?.mode, mode.isCarried else { return }
    guard let found = Companion.find(.network, in: paths.state, of: pause.pid) else {
      return replaceNetworkProgram(mode, of: pause.pid, because: "it has ended")
    }
    networkProgram = found
    tidy("find the program of the network") { try watch(found, mode, of: pause.pid) }
  }
}
