import Glibc
import PodModel

@testable import PodShim

/// Waiting for what can be seen.
extension PodFixture {
  struct Late: Error, CustomStringConvertible {
    var what: String
    var limit: Duration
    var description: String { "waited \(limit) for \(what)" }
  }

  /// Looks again and again until `condition` holds.
  func wait(
    for what: String, within limit: Duration = .seconds(20), _ condition: () throws -> Bool
  ) throws {
    let deadline = Clock.boot() + limit
    while try !condition() {
      guard Clock.boot() < deadline else { throw Late(what: what, limit: limit) }
      usleep(5000)
    }
  }

  /// The same for something that is there or not.
  func wait<Found>(
    until what: String, within limit: Duration = .seconds(20), _ search: () throws -> Found?
  ) throws -> Found {
    let deadline = Clock.boot() + limit
    while true {
      if let found = try search() { return found }
      guard Clock.boot() < deadline else { throw Late(what: what, limit: limit) }
      usleep(5000)
    }
  }

  /// Until every container of the pod runs.
  func waitUntilRunning(_ pod: String = "pod", within limit: Duration = .seconds(20)) throws {
    try wait(for: "`\(pod)` to run", within: limit) {
      let status = try status(pod)
      return status.phase == .running
        && status.containerStatuses.allSatisfy { $0.state?.running != nil }
    }
  }

  func wait(
    until phase: PodPhase, _ pod: String = "pod", within limit: Duration = .seconds(20)
  ) throws {
    try wait(for: "`\(pod)` to be \(phase.rawValue)", within: limit) {
      try status(pod).phase == phase
    }
  }

  /// Until `container` has printed `text`.
  func wait(
    untilLogged text: String, by container: String = "main", of pod: String = "pod",
    within limit: Duration = .seconds(20)
  ) throws {
    try wait(for: "`\(container)` to print `\(text)`", within: limit) {
      let result = try run(["logs", pod, "-c", container])
      return result.outputText.contains(text)
    }
  }

  /// How a container has ended.
  func end(
    of container: String = "main", of pod: String = "pod", within limit: Duration = .seconds(20)
  ) throws -> ContainerStateTerminated {
    try wait(until: "`\(container)` to end", within: limit) {
      try self.container(container, of: pod).state?.terminated
    }
  }

  /// Why a container does not run yet.
  func wait(
    untilWaiting reason: String, _ container: String = "main", of pod: String = "pod",
    within limit: Duration = .seconds(20)
  ) throws -> ContainerStateWaiting {
    try wait(until: "`\(container)` to wait for \(reason)", within: limit) {
      let waiting = try self.container(container, of: pod).state?.waiting
      return waiting?.reason == reason ? waiting : nil
    }
  }
}
