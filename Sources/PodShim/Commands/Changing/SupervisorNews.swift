import Glibc
import PodModel

/// Telling a pod's supervisor that what it has read from disk has changed.
enum SupervisorNews {
  /// Returns when the supervisor has heard `word`. A pod that has come to its end has none, and
  /// needs none; of one that nobody keeps, the next one reads what is there.
  static func tell(_ word: String, _ stored: StoredPod) throws {
    let begun = Clock.boot()
    let deadline = begun + ControlClient.patience
    while try ControlClient.ask(word, at: stored.paths) == nil {
      if try stored.life().life.isFinished { return }
      if Clock.boot() - begun > KeeperStart.slowest, try !KeeperStart.isKept(stored.paths) {
        return
      }
      guard Clock.boot() < deadline else {
        throw CommandError(
          "pod \"\(stored.name)\" is changed on disk, but its supervisor does not answer: "
            + "`\(stored.paths.supervisorLog)` may say why")
      }
      usleep(ControlClient.pause)
    }
  }
}
