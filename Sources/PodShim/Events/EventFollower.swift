import Glibc
import PodModel

/// Tells again and again what has happened to one pod since it was last asked.
///
/// Asking costs one `stat` when there is nothing new. What happened ten times between two calls is
/// told once, with its count.
struct EventFollower {
  let pod: StoredPod
  /// Size, change and identity of the file at the last look.
  private var seen: [UInt8] = []
  private var counts: [String: Int] = [:]

  init(_ pod: StoredPod) {
    self.pod = pod
  }

  mutating func news() -> [PodEvent] {
    var status = stat()
    guard stat(pod.paths.events, &status) == 0 else { return [] }
    let now = withUnsafeBytes(of: (status.st_size, status.st_ino, status.st_mtim)) { Array($0) }
    guard now != seen else { return [] }
    seen = now
    var news: [PodEvent] = []
    for event in pod.events() where counts[event.name] != event.event.count {
      counts[event.name] = event.event.count
      news.append(event)
    }
    return news
  }
}
