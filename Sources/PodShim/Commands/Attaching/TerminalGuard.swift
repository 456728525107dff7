import Glibc

/// Puts a terminal back as it was when whoever made it raw has gone without doing so: killed, or by
/// a mistake of its own.
///
/// A small process at the same terminal, which waits for the end of a pipe that only the other one
/// holds. A terminal that is no longer raw by then is somebody else's, and left alone. It is
/// nobody's child: a runtime that takes our place would wait for it.
enum TerminalGuard {
  /// What the guard is started with: its pipe.
  private static let pipe: CInt = 3

  /// Returns when the guard knows how the terminal is now.
  ///
  /// - Parameter inherited: what this process is replaced by holds the pipe on.
  /// - Returns: our end; the guard acts when the last copy of it is closed.
  static func start(inherited: Bool = false) throws -> OwnedDescriptor {
    let (reader, writer) = try Pipe.make().split()
    let ready = try spawn(["begin"], watching: reader.raw)
    _ = try ready.child.wait()
    var byte: [UInt8] = [0]
    _ = try withExtendedLifetime(reader) { try ready.word.read(into: &byte) }
    if inherited {
      try checked("fcntl", "descriptor \(writer.raw)") { fcntl(writer.raw, F_SETFD, 0) }
    }
    return writer
  }

  /// Answers also where the guard says that it knows enough; one that failed ends without a word.
  private static func spawn(
    _ words: [String], watching life: CInt
  ) throws(SyscallError) -> (child: Child, word: OwnedDescriptor) {
    let (reader, writer) = try Pipe.make().split()
    let child = try withExtendedLifetime(writer) { () throws(SyscallError) in
      try program(words, [STDIN_FILENO, writer.raw, -1, life]).spawn()
    }
    return (child, reader)
  }

  private static func program(_ words: [String], _ descriptors: [CInt]) -> Program {
    var program = Program("/proc/self/exe", ["podshim", "guard-terminal"] + words)
    program.descriptors = descriptors
    return program
  }

  /// The guard itself; `begin` leaves it alone in the world.
  static func run(_ words: [String]) throws -> CInt {
    if words == ["begin"] {
      _ = try program([], [STDIN_FILENO, STDOUT_FILENO, -1, pipe]).spawn()
      return 0
    }
    // Whoever is in the background may not change a terminal unless this signal is blocked.
    try Signals.block([SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP, SIGTTOU, SIGTTIN])
    let state = try Terminal.state(STDIN_FILENO)
    try OwnedDescriptor(owning: STDOUT_FILENO).writeAll([1])
    let life = OwnedDescriptor(owning: pipe)
    var byte: [UInt8] = [0]
    while try life.read(into: &byte) != 0 {}
    if try Terminal.state(STDIN_FILENO).isRaw, !state.isRaw {
      try Terminal.restore(STDIN_FILENO, state)
    }
    return 0
  }
}
