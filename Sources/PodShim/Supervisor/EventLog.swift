import FoundationEssentials
import Glibc
import PodModel

/// The history of a pod: what Kubernetes calls its Events, one JSON object a line, oldest first.
enum EventLog {
  struct Line: Codable {
    /// RFC 3339, UTC.
    var time: String
    var note: Note
  }

  /// A history that cannot be written must not stop a pod: it is said and passed over.
  static func append(_ note: Note, to paths: PodPaths) {
    do {
      let line = Line(time: Timestamp(wall: Clock.wall()).description, note: note)
      let file = try FileDescriptor.open(paths.events, O_WRONLY | O_CREAT | O_APPEND)
      try file.writeAll(Array(try JSONEncoder().encode(line)) + [newline])
    } catch {
      Diagnostics.report("`\(paths.events)` cannot be written: \(error)")
    }
  }

  static func read(_ paths: PodPaths) -> [Line] {
    let bytes = (try? Files.read(paths.events)) ?? []
    return bytes.split(separator: newline).compactMap {
      try? JSONDecoder().decode(Line.self, from: Data($0))
    }
  }
}
