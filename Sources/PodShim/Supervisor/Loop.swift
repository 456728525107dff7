import Glibc

/// One thread, one epoll: everything that can happen to a supervisor, one handler at a time.
///
/// Descriptors have handlers, children have completions, and one timer serves all deadlines.
/// Nothing in here blocks but the wait itself; a handler that has to wait starts a child instead.
final class Loop {
  private let epoll: Epoll
  private let timer: Timer
  private var handlers: [CInt: Response] = [:]
  private var children: [CInt: Running] = [:]
  private var alarms: [Alarm] = []
  private var isStopped = false
  /// Called after each round of handlers; answers the next deadline, a time since boot.
  var settle: () -> Duration? = { nil }

  /// A child, and the time since boot at which it has taken too long.
  private struct Running {
    let child: Child
    let limit: Duration
  }

  /// Something that happens once at its time since boot, unless it is cancelled.
  final class Alarm {
    fileprivate let moment: Duration
    fileprivate var act: (() -> Void)?

    fileprivate init(at moment: Duration, _ act: @escaping () -> Void) {
      self.moment = moment
      self.act = act
    }

    func cancel() { act = nil }
  }

  /// A final class, because a handler may take itself out while it runs.
  private final class Response {
    let act: (EpollEvents) -> Void
    init(_ act: @escaping (EpollEvents) -> Void) { self.act = act }
  }

  init() throws(SyscallError) {
    epoll = try Epoll()
    timer = try Timer()
    try epoll.add(timer.raw, events: .readable, token: UInt64(timer.raw))
  }

  /// Calls `handler` whenever `descriptor` has one of `events`; the caller keeps it open.
  func watch(
    _ descriptor: CInt, _ events: EpollEvents, _ handler: @escaping (EpollEvents) -> Void
  ) throws(SyscallError) {
    try epoll.add(descriptor, events: events, token: UInt64(descriptor))
    handlers[descriptor] = Response(handler)
  }

  func change(_ descriptor: CInt, _ events: EpollEvents) throws(SyscallError) {
    try epoll.modify(descriptor, events: events, token: UInt64(descriptor))
  }

  func watches(_ descriptor: CInt) -> Bool { handlers[descriptor] != nil }

  /// Calls `handler` the next time that `owned` has one of `events`, and not again. It watches a
  /// copy, so that the descriptor can be watched for something else as well.
  func watchOnce(
    _ owned: OwnedDescriptor, _ events: EpollEvents, _ handler: @escaping () -> Void
  ) throws(SyscallError) {
    let copy = OwnedDescriptor(try owned.duplicate())
    try watch(copy.raw, events) { [unowned self] _ in
      unwatch(copy.raw)
      handler()
    }
  }

  func unwatch(_ descriptor: CInt) {
    guard handlers.removeValue(forKey: descriptor) != nil else { return }
    try? epoll.remove(descriptor)
  }

  /// Starts a program and calls `then` with its end; it is killed when it takes longer than
  /// `within`.
  @discardableResult
  func run(
    _ program: Program, within limit: Duration, then: @escaping (ExitStatus) -> Void
  ) throws(SyscallError) -> Child {
    let child = try program.spawn()
    let pidfd = child.pidfd.raw
    children[pidfd] = Running(child: child, limit: Clock.boot() + limit)
    try watch(pidfd, .readable) { [unowned self] _ in
      guard let status = (try? child.reap()) ?? nil else { return }
      unwatch(pidfd)
      children[pidfd] = nil
      then(status)
    }
    return child
  }

  @discardableResult
  func after(_ delay: Duration, _ act: @escaping () -> Void) -> Alarm {
    let alarm = Alarm(at: Clock.boot() + delay, act)
    alarms.append(alarm)
    return alarm
  }

  /// Rings what is due; the moment of the next.
  private func ringAlarms() -> Duration? {
    let now = Clock.boot()
    let due = alarms.filter { $0.moment <= now }
    alarms.removeAll { $0.moment <= now || $0.act == nil }
    for alarm in due { alarm.act?() }
    return alarms.map(\.moment).min()
  }

  /// Something was started and has not ended yet.
  var hasChildren: Bool { !children.isEmpty }

  /// Ends what was started and has not ended yet, and waits for that.
  func endChildren() {
    for running in children.values {
      try? running.child.signal(SIGKILL)
      _ = try? running.child.wait()
    }
  }

  /// Kills the children that have taken too long; the earliest limit of the others.
  private func endLateChildren() -> Duration? {
    let now = Clock.boot()
    for running in children.values where running.limit <= now {
      try? running.child.signal(SIGKILL)
    }
    return children.values.map(\.limit).filter { $0 > now }.min()
  }

  func stop() { isStopped = true }

  /// Runs until `stop`.
  func run() throws(SyscallError) {
    while !isStopped {
      let deadlines = [ringAlarms(), endLateChildren(), settle()].compactMap { $0 }
      if let deadline = deadlines.min() { try timer.arm(at: deadline) } else { try timer.disarm() }
      guard !isStopped else { return }
      for (token, events) in try epoll.wait(timeoutMilliseconds: -1) {
        let descriptor = CInt(truncatingIfNeeded: token)
        if descriptor == timer.raw {
          try timer.consume()
        } else {
          handlers[descriptor]?.act(events)
        }
      }
    }
  }
}
