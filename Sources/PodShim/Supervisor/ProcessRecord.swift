/// Which process a run is: written beside the bundle as soon as it is known, so that a supervisor
/// that comes back finds it again. One line, `<run> <pid> <journal position> <start>`.
struct ProcessRecord: Equatable {
  var run: Int
  var pid: Int32
  /// Where the journal stood when the process was begun.
  var position: Int64
  /// When it was started, as the kernel counts; 0 when it was gone by then.
  var start: UInt64

  private static func path(_ bundle: String) -> String { bundle + "/process" }

  func write(to bundle: String) throws(SyscallError) {
    try Files.replace(
      ProcessRecord.path(bundle), with: Array("\(run) \(pid) \(position) \(start)\n".utf8))
  }

  /// nil when none was written.
  init?(bundle: String) {
    guard let text = try? Files.readText(ProcessRecord.path(bundle)) else { return nil }
    let words = text.split(whereSeparator: \.isWhitespace)
    guard words.count == 4, let run = Int(words[0]), let pid = Int32(words[1]),
      let position = Int64(words[2]), let start = UInt64(words[3])
    else { return nil }
    self.init(run: run, pid: pid, position: position, start: start)
  }

  init(run: Int, pid: Int32, position: Int64, start: UInt64) {
    self.run = run
    self.pid = pid
    self.position = position
    self.start = start
  }

  /// Of a process that is there.
  init(run: Int, pid: Int32, position: Int64) {
    self.init(run: run, pid: pid, position: position, start: PidFD.startTime(of: pid) ?? 0)
  }

  /// Whether the process is there and no other has its number.
  var isRunning: Bool { start != 0 && PidFD.startTime(of: pid) == start }
}
