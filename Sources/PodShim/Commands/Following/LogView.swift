import PodModel

/// What of a container's log is asked for, and what becomes of each of its lines: the kubelet's
/// `logWriter`.
///
/// Lines go in as they stand in the log and come out as they are shown: without those that are too
/// old, with their times when these are wanted, cut where the limit is reached.
struct LogView {
  /// So many of the last lines; nil is all of them.
  var tail: Int?
  /// Nothing older, in time since 1970.
  var since: Duration?
  /// So many bytes, times and newlines among them.
  var limit: Int?
  /// Each line begins with its time.
  var hasTimes = false
  private var isAtStart = true

  init() {}

  /// The limit is reached: nothing more comes out.
  var isFull: Bool { limit == 0 }

  mutating func show(_ line: LogLines.Line) -> LogLines.Line? {
    if isFull || isTooOld(line) { return nil }
    var shown = line
    if hasTimes, isAtStart, let time = line.time {
      shown.text = (time + [UInt8(ascii: " ")] + line.text)[...]
    }
    isAtStart = line.isComplete
    cut(&shown)
    return shown
  }

  private func isTooOld(_ line: LogLines.Line) -> Bool {
    guard let since, let time = line.time.flatMap(Timestamp.wall(rfc3339:)) else { return false }
    return time < since
  }

  private mutating func cut(_ line: inout LogLines.Line) {
    guard let left = limit else { return }
    let size = line.text.count + (line.isComplete ? 1 : 0)
    if size > left {
      line.text = line.text.prefix(left)
      line.isComplete = false
    }
    limit = max(0, left - size)
  }
}
