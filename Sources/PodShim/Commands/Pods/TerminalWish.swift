import Glibc

/// What `-i` and `-t` come to: a terminal needs one at our end too.
struct TerminalWish {
  var stdin: Bool
  var tty: Bool

  /// - Parameter alone: whether a terminal without standard input makes sense.
  init(stdin: Bool, tty: Bool, alone: Bool = false) {
    self.stdin = stdin
    self.tty = tty && (stdin || alone)
    if self.tty, stdin, !Terminal.isTerminal(STDIN_FILENO) {
      Output.complain(
        "Unable to use a TTY - input is not a terminal or the right kind of file")
      self.tty = false
    }
  }
}
