import Glibc

/// What the forwarder waits with. Every descriptor is watched edge-triggered, once and for all: its
/// owner is told what may be possible now and remembers it until the kernel says otherwise, so no
/// state of a connection makes the loop spin.
final class ForwardLoop {
  typealias Work = () -> Void

  private let epoll: Epoll
  private var owners: [UInt64: (EpollEvents) -> Void] = [:]
  /// Counts up and is never used again: what was closed is not told of what came after it.
  private var lastToken: UInt64 = 0
  private var next: [Work] = []
  private var starved: [Work] = []
  private var starvedUntil: Duration?
  private var alarms: [(moment: Duration, work: Work)] = []
  /// One buffer for every read; nobody keeps it from one call to the next.
  var scratch = [UInt8](repeating: 0, count: 65536)

  /// How much one owner does before it lets others have their turn, in reads or accepts.
  static let turn = 16
  /// How long those who found no free descriptor wait when none of ours is closed.
  private static let starvation = Duration.milliseconds(100)

  init() throws(SyscallError) { epoll = try Epoll() }

  /// Tells `owner` of every change; the descriptor must not block and stay open until `forget`.
  func watch(
    _ descriptor: CInt, _ events: EpollEvents, _ owner: @escaping (EpollEvents) -> Void
  ) throws(SyscallError) -> UInt64 {
    lastToken += 1
    try epoll.add(descriptor, events: events.union(.edgeTriggered), token: lastToken)
    owners[lastToken] = owner
    return lastToken
  }

  /// Before the descriptor is closed, which takes it out of the kernel's set.
  func forget(_ token: UInt64) {
    guard owners.removeValue(forKey: token) != nil else { return }
    feed()
  }

  /// In the next round, after what has happened meanwhile.
  func later(_ work: @escaping Work) { next.append(work) }

  /// Once a descriptor may be free again: in the round after one was closed, or in a while.
  func whenDescriptorsAreFree(_ work: @escaping Work) {
    starved.append(work)
    starvedUntil = starvedUntil ?? Clock.boot() + ForwardLoop.starvation
  }

  /// At a moment of `Clock.boot`.
  func at(_ moment: Duration, _ work: @escaping Work) { alarms.append((moment, work)) }

  func run() throws(SyscallError) {
    while true { try runOnce() }
  }

  /// One round: waits for something to happen, at most for `patience`, and tells the owners.
  func runOnce(patience: Duration? = nil) throws(SyscallError) {
    for (token, events) in try epoll.wait(timeoutMilliseconds: timeout(patience)) {
      owners[token]?(events)
    }
    let due = next
    next = []
    for work in due { work() }
    if !alarms.isEmpty || starvedUntil != nil { ring() }
  }

  private func ring() {
    let now = Clock.boot()
    let due = alarms.filter { $0.moment <= now }
    alarms.removeAll { $0.moment <= now }
    for alarm in due { alarm.work() }
    if let moment = starvedUntil, moment <= now { feed() }
  }

  private func feed() {
    next += starved
    starved = []
    starvedUntil = nil
  }

  private func timeout(_ patience: Duration?) -> CInt {
    if !next.isEmpty { return 0 }
    let moments = alarms.map(\.moment) + (starvedUntil.map { [$0] } ?? [])
    var wait = patience
    if let first = moments.min() {
      let rest = max(first - Clock.boot(), .zero)
      wait = min(wait ?? rest, rest)
    }
    guard let wait else { return -1 }
    return CInt(clamping: Int64(wait / .milliseconds(1)) + 1)
  }
}
