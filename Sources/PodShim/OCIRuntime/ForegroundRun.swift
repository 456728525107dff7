import Glibc
import OCISpec

/// `run` in the foreground by a runtime that lacks `--keep` or `--pidfd-socket`: `create` and
/// `start`, then this process waits as the runtime would have, and answers the container's status.
struct ForegroundRun {
  let call: RuntimeCall
  let translation: RuntimeTranslation

  private var line: RuntimeCommandLine { call.line }

  /// What a terminal sends, and what engines do.
  private static let forwarded = [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2, SIGWINCH]

  func run() throws -> CInt {
    let id = line.id ?? ""
    try Signals.block(Self.forwarded + [SIGCHLD])
    // As the runtime does for `run`: the container becomes our child when `create` leaves.
    try Process.becomeSubreaper()
    let noted = try NotedPID(line)
    defer { noted.remove() }
    let status = try call.runtime.call(creation(noted), preserving: line.preserved)
    guard status == 0 else { return status }
    do {
      let pid = try noted.read()
      try PIDFDHandover(translation.left)?.send(pid)
      guard try call.runtime.call(command("start", id)) == 0 else {
        remove(id)
        return EXIT_FAILURE
      }
      let code = try wait(for: pid)
      if !line.flags.has("keep") { remove(id) }
      return code
    } catch {
      remove(id)
      throw error
    }
  }

  /// The words of `run`, for `create`.
  private func creation(_ noted: NotedPID) -> [String] {
    let behind = translation.arguments.dropFirst(translation.globals.count + 1)
    return translation.globals + ["create"] + noted.arguments + behind
  }

  private func command(_ words: String...) -> [String] { translation.globals + words }

  /// What it has left nobody can use.
  private func remove(_ id: String) { _ = try? call.runtime.call(command("delete", "--force", id)) }

  /// Passes signals on until the process ends; reaps what else is left to us.
  private func wait(for pid: Int32) throws -> CInt {
    let signals = OwnedDescriptor(try Signals.descriptor(for: Self.forwarded + [SIGCHLD]))
    var code: CInt?
    while code == nil {
      while let exit = try Process.peek() {
        try Process.reap(exit.pid)
        if exit.pid == pid { code = exit.status.code }
      }
      if code == nil { try passOn(signals, to: pid) }
    }
    return code ?? EXIT_FAILURE
  }

  private func passOn(_ signals: OwnedDescriptor, to pid: Int32) throws {
    var ready = pollfd(fd: signals.raw, events: Int16(POLLIN), revents: 0)
    try checked("poll", "signalfd") { poll(&ready, 1, -1) }
    for received in try Signals.read(signals) where received.signal != SIGCHLD {
      kill(pid, received.signal)
    }
  }
}
