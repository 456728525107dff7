import Glibc
import PodModel

/// A pod that somebody sits in front of: what it prints is shown, Ctrl-C ends it.
final class ForegroundPod {
  private let stored: StoredPod
  private let world: World
  private let follower: PodFollower
  private let log: LogScreen
  private let signals: FileDescriptor
  private var deletions: [PodDeletion] = []
  private var events: EventFollower
  /// Nobody reads what we print.
  private var isMute = false

  static let signals = [SIGINT, SIGTERM, SIGHUP]

  /// `signals` are blocked already.
  init(_ stored: StoredPod, world: World) throws {
    self.stored = stored
    self.world = world
    signals = try Signals.descriptor(for: ForegroundPod.signals)
    let spec = stored.pod.spec
    let containers = (spec.initContainers + spec.containers).map(\.name)
    let log = LogScreen(
      containers.map { ($0, "[\($0)]") }, hasColours: LogScreen.isColourful)
    self.log = log
    events = EventFollower(stored)
    // What is to be watched has to be there.
    for container in containers { try Files.makeDirectories("\(stored.logs)/\(container)") }
    follower = try PodFollower(stored, logs: containers.map { ($0, nil) }) { log.take($0, $1) }
  }

  /// Returns the pod's life when it has ended.
  func run() throws -> PodLife {
    while true {
      try follower.update()
      try show()
      if follower.isGone || follower.life.isFinished { break }
      try PodFollower.wait(for: [follower.raw, signals.raw])
      if try !Signals.read(signals).isEmpty { try stop() }
    }
    log.finish()
    try show()
    for deletion in deletions { try deletion.wait() }
    return follower.life
  }

  /// Nothing is left of it afterwards.
  func remove() throws {
    guard Files.exists(stored.paths.data) else { return }
    let deletion = PodDeletion(stored, grace: nil, world: world)
    try deletion.ask()
    try deletion.wait()
  }

  /// The first time gracefully, the second time at once; after that nobody is waited for.
  private func stop() throws {
    guard deletions.count < 2 else { throw CommandError("the pod goes on ending by itself") }
    let deletion = PodDeletion(stored, grace: deletions.isEmpty ? nil : 0, world: world)
    try deletion.ask()
    deletions.append(deletion)
  }

  private func show() throws {
    for event in events.news() where event.event.note.type == .warning {
      let note = event.event.note
      let place = note.container.map { "container \($0): " } ?? ""
      Output.complain("Warning: \(place)\(note.reason): \(note.message)")
    }
    let text = log.takeText()
    if isMute || text.isEmpty { return }
    do throws(SyscallError) {
      try Output.write(text, to: STDOUT_FILENO)
    } catch {
      guard error.errno == EPIPE else { throw error }
      isMute = true
      if deletions.isEmpty { try stop() }
    }
  }
}
