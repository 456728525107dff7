/// Signals of Linux by the names that images, manifests and engines use: `SIGQUIT`, `QUIT`, `3`.
/// The numbers are those of `signal(7)` for x86 and ARM.
public enum SignalName {
  private static let numbers: [String: Int32] = [
    "HUP": 1, "INT": 2, "QUIT": 3, "ILL": 4, "TRAP": 5,
    "ABRT": 6, "BUS": 7, "FPE": 8, "KILL": 9, "USR1": 10,
    "SEGV": 11, "USR2": 12, "PIPE": 13, "ALRM": 14, "TERM": 15, "STKFLT": 16,
    "CHLD": 17, "CONT": 18, "STOP": 19, "TSTP": 20, "TTIN": 21,
    "TTOU": 22, "URG": 23, "XCPU": 24, "XFSZ": 25, "VTALRM": 26,
    "PROF": 27, "WINCH": 28, "IO": 29, "PWR": 30, "SYS": 31,
  ]
  /// The first real-time signal that the C library leaves to programs (SIGRTMIN under glibc).
  private static let firstRealTime: Int32 = 34
  private static let last: Int32 = 64

  /// nil for a word that is no signal.
  public static func number(_ text: String) -> Int32? {
    if let number = Int32(text) { return (1...last).contains(number) ? number : nil }
    let upper = text.uppercased()
    let name = upper.hasPrefix("SIG") ? String(upper.dropFirst(3)) : upper
    if let number = numbers[name] { return number }
    let (base, sign): (Int32, Int32) = name.hasPrefix("RTMAX") ? (last, -1) : (firstRealTime, 1)
    guard name.hasPrefix("RTMIN") || name.hasPrefix("RTMAX") else { return nil }
    let rest = name.dropFirst(5)
    guard !rest.isEmpty else { return base }
    guard rest.first == (sign > 0 ? "+" : "-"), let offset = Int32(rest.dropFirst()) else {
      return nil
    }
    let number = base + sign * offset
    return (firstRealTime...last).contains(number) ? number : nil
  }
}
