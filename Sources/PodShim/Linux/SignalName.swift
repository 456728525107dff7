import Glibc

/// Signals by the names that images and manifests use: `SIGQUIT`, `QUIT`, `3`.
enum SignalName {
  private static let numbers: [String: CInt] = [
    "HUP": SIGHUP, "INT": SIGINT, "QUIT": SIGQUIT, "ILL": SIGILL, "TRAP": SIGTRAP,
    "ABRT": SIGABRT, "BUS": SIGBUS, "FPE": SIGFPE, "KILL": SIGKILL, "USR1": SIGUSR1,
    "SEGV": SIGSEGV, "USR2": SIGUSR2, "PIPE": SIGPIPE, "ALRM": SIGALRM, "TERM": SIGTERM,
    "CHLD": SIGCHLD, "CONT": SIGCONT, "STOP": SIGSTOP, "TSTP": SIGTSTP, "TTIN": SIGTTIN,
    "TTOU": SIGTTOU, "URG": SIGURG, "XCPU": SIGXCPU, "XFSZ": SIGXFSZ, "VTALRM": SIGVTALRM,
    "PROF": SIGPROF, "WINCH": SIGWINCH, "IO": SIGIO, "PWR": SIGPWR, "SYS": SIGSYS,
  ]
  /// The first real-time signal that the C library leaves to programs (SIGRTMIN under glibc).
  private static let firstRealTime: CInt = 34
  private static let last: CInt = 64

  /// nil for a word that is no signal.
  static func number(_ text: String) -> CInt? {
    if let number = CInt(text) { return (1...last).contains(number) ? number : nil }
    let upper = text.uppercased()
    let name = upper.hasPrefix("SIG") ? String(upper.dropFirst(3)) : upper
    if let number = numbers[name] { return number }
    let (base, sign): (CInt, CInt) = name.hasPrefix("RTMAX") ? (last, -1) : (firstRealTime, 1)
    guard name.hasPrefix("RTMIN") || name.hasPrefix("RTMAX") else { return nil }
    let rest = name.dropFirst(5)
    guard !rest.isEmpty else { return base }
    guard rest.first == (sign > 0 ? "+" : "-"), let offset = CInt(rest.dropFirst()) else {
      return nil
    }
    let number = base + sign * offset
    return (firstRealTime...last).contains(number) ? number : nil
  }
}
