import Glibc
import PodModel

/// Stops the processes of a pod, or of one of its containers, where they are, and lets them go on.
struct PodFreezer {
  private let group: String
  private let mode = CgroupMode.ofHost()

  init(_ operand: PodOperand) throws {
    guard let container = operand.container else {
      group = operand.stored.paths.cgroup
      return
    }
    let life = try operand.stored.life().life
    let run = life.containers.first { $0.spec.name == container }?.run ?? 0
    guard let path = Cgroup.path(bundle: operand.stored.paths.bundle(container, run: run)) else {
      throw RuntimeCall.Failure(description: "container not running: `\(operand.id)`")
    }
    group = path
  }

  /// A control group and all below it.
  init(group: String) { self.group = group }

  private var file: String {
    mode == .unified
      ? "\(mode.tree("freezer"))\(group)/cgroup.freeze"
      : "\(mode.tree("freezer"))\(group)/freezer.state"
  }

  var isFrozen: Bool {
    let state = (try? Files.readText(file))?.split(whereSeparator: \.isWhitespace).first
    return state == "1" || state == "FROZEN"
  }

  /// How long the kernel may need until every process stands still.
  private static let patience = Duration.seconds(10)

  func freeze() throws {
    try write(mode == .unified ? "1" : "FROZEN")
    let deadline = Clock.boot() + Self.patience
    while !isStill {
      guard Clock.boot() < deadline else {
        try write(mode == .unified ? "0" : "THAWED")
        throw RuntimeCall.Failure(description: "`\(group)` does not come to a standstill")
      }
      usleep(1000)
      // A process that forks meanwhile may get away: version 1 has to be told again.
      if mode != .unified { try write("FROZEN") }
    }
  }

  func thaw() throws { try write(mode == .unified ? "0" : "THAWED") }

  /// Lets the group go on, and those below it. On version 1 what is frozen does not even die.
  func thawAll() throws {
    let folder = mode.tree("freezer") + group
    for name in try Files.listIfThere(folder) where Files.isDirectory("\(folder)/\(name)") {
      try PodFreezer(group: "\(group)/\(name)").thaw()
    }
    if Files.exists(file) { try thaw() }
  }

  private var isStill: Bool {
    guard mode == .unified else { return isFrozen }
    let events = (try? Files.readText("\(mode.tree("freezer"))\(group)/cgroup.events")) ?? ""
    return events.split(separator: "\n").contains("frozen 1")
  }

  private func write(_ word: String) throws {
    guard Files.exists(file) else {
      throw RuntimeCall.Failure(
        description: "nothing can freeze it: there is no control group `\(group)`")
    }
    try Files.writeText(word, to: file)
  }
}
