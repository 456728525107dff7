/// A container that was made and not started is a process of the runtime that waits for a word.
extension Runtime {
  /// Whether the process still is the runtime's: a copy of `crun`, or `runc init`.
  func holds(_ pid: Int32) -> Bool {
    guard let bytes = try? Files.read("/proc/\(pid)/cmdline") else { return false }
    let words = bytes.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    return holds(words)
  }

  func holds(_ commandLine: [String]) -> Bool {
    guard let program = commandLine.first else { return false }
    return program == path || commandLine == ["runc", "init"]
      || commandLine == ["/proc/self/exe", "init"]
  }
}
