import Glibc
import PodModel

/// The marks of a pod's time line on disk, one line each; only the pod's supervisor writes.
///
/// A supervisor that is killed between a change and its mark leaves that mark out.
final class TimelineLog {
  private let path: String
  private var last: PodLife

  /// A file that is longer begins anew with its later half.
  private static let longest = 256 << 10

  /// - Parameter life: as it stands before anything is noted.
  init(_ paths: PodPaths, _ life: PodLife) {
    path = paths.timeline
    last = life
  }

  /// Notes what has changed. A time line that cannot be written must not stop a pod: it is said and
  /// passed over.
  func note(_ life: PodLife, after event: Event?, at time: Duration) {
    let marks =
      TimelineMark.changes(from: last, to: life, at: time)
      + [event.flatMap { TimelineMark.failure($0, at: time) }].compactMap { $0 }
    last = life
    guard !marks.isEmpty else { return }
    do throws(SyscallError) {
      try append(marks)
    } catch {
      Diagnostics.report("`\(path)` cannot be written: \(error)")
    }
  }

  private func append(_ marks: [TimelineMark]) throws(SyscallError) {
    let file = try FileDescriptor.open(path, O_WRONLY | O_CREAT | O_APPEND)
    try file.writeAll(Array(marks.map { "\($0)\n" }.joined().utf8))
    guard try Int(file.size()) > TimelineLog.longest else { return }
    let half = try Files.tail(path, TimelineLog.longest / 2)
    let whole = half.drop { $0 != newline }.dropFirst()
    try Files.replace(path, with: Array(whole))
  }

  /// All marks that there are; lines that a kill has torn say nothing.
  static func read(_ paths: PodPaths) -> [TimelineMark] {
    let text = (try? Files.readText(paths.timeline)) ?? ""
    return text.split(separator: "\n").compactMap { TimelineMark($0) }
  }
}
