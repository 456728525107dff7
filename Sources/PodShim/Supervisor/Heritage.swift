import Glibc

/// What a supervisor that becomes a keeper takes with it through `execve`: open descriptors and
/// their names, in one variable of the environment, `<descriptor>=<name>` a line.
enum Heritage {
  private static let variable = "PODSHIM_HELD"

  /// Replaces this program; returns only by failing.
  static func exec(
    _ held: [(name: String, descriptor: OwnedDescriptor)], arguments: [String]
  ) throws(SyscallError) {
    for (_, descriptor) in held {
      try checked("fcntl", "descriptor \(descriptor.raw)") { fcntl(descriptor.raw, F_SETFD, 0) }
    }
    setenv(variable, held.map { "\($0.descriptor.raw)=\($0.name)" }.joined(separator: "\n"), 1)
    var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
    execv("/proc/self/exe", &words)
    throw SyscallError("execve", "/proc/self/exe", errno: errno)
  }

  /// The program before this one has left something, be it nothing but its place.
  static var isThere: Bool { getenv(variable) != nil }

  /// What the program before this one left, once.
  static func take() -> [(name: String, descriptor: OwnedDescriptor)] {
    guard let value = getenv(variable) else { return [] }
    defer { unsetenv(variable) }
    return String(cString: value).split(separator: "\n").compactMap { line in
      let parts = line.split(separator: "=", maxSplits: 1)
      guard parts.count == 2, let raw = CInt(parts[0]) else { return nil }
      _ = fcntl(raw, F_SETFD, FD_CLOEXEC)
      return (String(parts[1]), OwnedDescriptor(owning: raw))
    }
  }
}
