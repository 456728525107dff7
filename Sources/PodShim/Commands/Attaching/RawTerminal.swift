import Glibc

/// The terminal that we sit at in raw mode, for as long as the value lives: every way out of a
/// session puts it back as it was.
struct RawTerminal: ~Copyable {
  private let state: Terminal.State
  /// Should we be killed.
  private let guarding: OwnedDescriptor

  init() throws {
    let guarding = try TerminalGuard.start()
    state = try Terminal.makeRaw(STDIN_FILENO)
    self.guarding = guarding
  }

  deinit { try? Terminal.restore(STDIN_FILENO, state) }
}
