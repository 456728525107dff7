import FoundationEssentials
import Glibc
import PodModel

/// The history of a pod on disk: what Kubernetes calls its Events, one JSON object a line.
///
/// Only the pod's supervisor writes. A note is one line at the end of the file; a file that has
/// grown too long is written anew, counted, and takes the place of the old one in one step, so that
/// a kill at any moment loses nothing that was written. Reading counts.
enum EventLog {
  /// A file that is longer is written anew.
  static let longest = 256 * 1024

  /// A history that cannot be written must not stop a pod: it is said and passed over.
  static func append(
    _ note: Note, to paths: PodPaths, at time: Timestamp = Timestamp(wall: Clock.wall()),
    longest: Int = EventLog.longest
  ) {
    do {
      let event = CountedEvent(note: note, count: 1, first: time, last: time)
      if try append(Line(event).bytes(), to: paths.events) > longest {
        try rewrite(paths, longest: longest)
      }
    } catch {
      Diagnostics.report("`\(paths.events)` cannot be written: \(error)")
    }
  }

  /// The events of a pod, in the order in which they were last seen; none when there is no history.
  static func read(_ paths: PodPaths) -> [CountedEvent] {
    let bytes = (try? Files.read(paths.events)) ?? []
    var tally = EventTally()
    for line in bytes.split(separator: newline) {
      // What a full disk or a kill has torn says nothing.
      guard let line = try? JSONDecoder().decode(Line.self, from: Data(line)) else { continue }
      if let event = line.event { tally.add(event) }
    }
    return tally.events
  }

  /// Adds one line and answers how long the file is. A line that was torn stays alone.
  private static func append(_ line: [UInt8], to path: String) throws -> Int {
    let file = try FileDescriptor.open(path, O_RDWR | O_CREAT | O_APPEND)
    var status = stat()
    try checked("fstat", path) { fstat(file.raw, &status) }
    let length = Int(status.st_size)
    var last = newline
    if length > 0 { pread(file.raw, &last, 1, status.st_size - 1) }
    let text = (last == newline ? [] : [newline]) + line
    try file.writeAll(text)
    return length + text.count
  }

  /// Half as long at most, so that it is not soon done again; the oldest go first.
  private static func rewrite(_ paths: PodPaths, longest: Int) throws {
    var kept: [[UInt8]] = []
    var room = longest / 2
    for event in read(paths).reversed() {
      let line = try Line(event).bytes()
      room -= line.count
      if room < 0, !kept.isEmpty { break }
      kept.append(line)
    }
    try Files.replace(paths.events, with: Array(kept.reversed().joined()))
  }
}

/// An event as it is written: what is usual is left out.
private struct Line: Codable {
  /// When it was last seen; RFC 3339, UTC.
  var time: String
  /// When it was first seen, if that was earlier.
  var first: String?
  var count: Int?
  var combined: Bool?
  var note: Note

  init(_ event: CountedEvent) {
    time = event.last.description
    first = event.first == event.last ? nil : event.first.description
    count = event.count == 1 ? nil : event.count
    combined = event.isCombined ? true : nil
    note = event.note
  }

  /// nil when the time is none.
  var event: CountedEvent? {
    guard let last = Timestamp(time) else { return nil }
    return CountedEvent(
      note: note, count: count ?? 1, first: first.flatMap(Timestamp.init) ?? last, last: last,
      isCombined: combined ?? false)
  }

  func bytes() throws -> [UInt8] { Array(try JSONEncoder().encode(self)) + [newline] }
}
