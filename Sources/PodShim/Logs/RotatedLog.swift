/// One file that a log was put away in: `<run>.log.<YYYYMMDD-HHMMSS>`, as the kubelet names it,
/// with `.gz` once it is compressed.
///
/// A second file of the same second, which the kubelet does not have, gets `-2` behind the time.
/// The order is that of age, also where a clock was set back: a name is always made to come after
/// the last one.
struct RotatedLog: Comparable {
  var time: String
  var number = 1
  var isCompressed = false

  /// The same file, compressed or not.
  static func == (one: RotatedLog, other: RotatedLog) -> Bool {
    (one.time, one.number) == (other.time, other.number)
  }

  static func < (one: RotatedLog, other: RotatedLog) -> Bool {
    (one.time, one.number) < (other.time, other.number)
  }

  /// What stands behind `<run>.log.`.
  var suffix: String {
    time + (number > 1 ? "-\(number)" : "") + (isCompressed ? RotatedLog.compressed : "")
  }

  private static let compressed = ".gz"

  /// nil for the name of something else.
  init?(suffix: some StringProtocol) {
    var rest = Substring(suffix)
    isCompressed = rest.hasSuffix(RotatedLog.compressed)
    if isCompressed { rest.removeLast(RotatedLog.compressed.count) }
    let parts = rest.split(separator: "-", omittingEmptySubsequences: false)
    func isNumber(_ text: Substring, _ count: Int) -> Bool {
      text.count == count && text.utf8.allSatisfy { (48...57).contains($0) }
    }
    guard parts.count == 2 || parts.count == 3, isNumber(parts[0], 8), isNumber(parts[1], 6)
    else { return nil }
    time = "\(parts[0])-\(parts[1])"
    guard parts.count == 3 else { return }
    guard let number = Int(parts[2]), number > 1 else { return nil }
    self.number = number
  }

  /// The name for what is put away at `time`, after `last`.
  init(time: String, after last: RotatedLog?) {
    self.time = time
    guard let last, last.time >= time else { return }
    self.time = last.time
    number = last.number + 1
  }

  /// What `folder` has of the log `name`, oldest first. Where a file and its compressed form are
  /// both there, the compressed one is whole, and the other is what was not removed in time.
  static func all(of name: String, in folder: String) -> [RotatedLog] {
    let names = (try? Files.list(folder)) ?? []
    let prefix = name + "."
    return names.filter { $0.hasPrefix(prefix) }
      .compactMap { RotatedLog(suffix: $0.dropFirst(prefix.count)) }.sorted()
  }
}
