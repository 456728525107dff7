import Glibc
import PodModel

/// What a keeper or supervisor has to say about itself: a line in `supervisor.log`, its stderr.
enum Diagnostics {
  static func report(_ message: String) {
    let time = Timestamp(wall: Clock.wall())
    let line = Array("\(time) podshim[\(getpid())]: \(message)\n".utf8)
    _ = Glibc.write(STDERR_FILENO, line, line.count)
  }
}
