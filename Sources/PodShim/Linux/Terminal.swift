import CLinux
import Glibc

/// Terminals: raw mode for the one we sit at, size, and pseudo-terminals for containers.
enum Terminal {
  struct Size: Equatable {
    var rows: UInt16
    var columns: UInt16
  }

  /// What `restore` puts back.
  struct State {
    fileprivate var attributes: termios

    /// Keys go through as they are.
    var isRaw: Bool { attributes.c_lflag & tcflag_t(ISIG | ICANON) == 0 }
  }

  struct Pseudo: ~Copyable {
    var master: FileDescriptor
    var slavePath: String
  }

  static func isTerminal(_ fd: CInt) -> Bool { isatty(fd) == 1 }

  static func state(_ fd: CInt) throws(SyscallError) -> State {
    var attributes = termios()
    try checked("tcgetattr", "descriptor \(fd)") { tcgetattr(fd, &attributes) }
    return State(attributes: attributes)
  }

  /// Every key goes through as it is, Ctrl-C included.
  static func makeRaw(_ fd: CInt) throws(SyscallError) -> State {
    let state = try state(fd)
    var raw = state.attributes
    cfmakeraw(&raw)
    try checked("tcsetattr", "descriptor \(fd)") { tcsetattr(fd, TCSANOW, &raw) }
    return state
  }

  static func restore(_ fd: CInt, _ state: State) throws(SyscallError) {
    var attributes = state.attributes
    try checked("tcsetattr", "descriptor \(fd)") { tcsetattr(fd, TCSADRAIN, &attributes) }
  }

  static func size(_ fd: CInt) throws(SyscallError) -> Size {
    var size = Size(rows: 0, columns: 0)
    try checked("TIOCGWINSZ", "descriptor \(fd)") {
      linux_terminal_size(fd, &size.rows, &size.columns)
    }
    return size
  }

  /// Whoever has it as controlling terminal gets SIGWINCH.
  static func setSize(_ fd: CInt, _ size: Size) throws(SyscallError) {
    try checked("TIOCSWINSZ", "descriptor \(fd)") {
      linux_set_terminal_size(fd, size.rows, size.columns)
    }
  }

  static func openPseudoTerminal() throws(SyscallError) -> Pseudo {
    var number: CInt = 0
    let master = try checked("open", "/dev/ptmx") { linux_open_terminal(&number) }
    return Pseudo(master: FileDescriptor(owning: master), slavePath: "/dev/pts/\(number)")
  }
}
