import CLinux
import Glibc

/// What may happen to a descriptor. The corresponding C constants are `EPOLL*`.
struct EpollEvents: OptionSet {
  let rawValue: UInt32

  static let readable = EpollEvents(EPOLLIN)
  static let writable = EpollEvents(EPOLLOUT)
  /// The other end is gone; always reported. A pipe may still hold bytes.
  static let hangup = EpollEvents(EPOLLHUP)
  /// The other end sends no more.
  static let readHangup = EpollEvents(EPOLLRDHUP)
  /// Always reported.
  static let error = EpollEvents(EPOLLERR)
  /// A change in a control file such as `memory.events`.
  static let priority = EpollEvents(EPOLLPRI)
  static let edgeTriggered = EpollEvents(EPOLLET)
  static let oneShot = EpollEvents(EPOLLONESHOT)

  init(rawValue: UInt32) { self.rawValue = rawValue }
  private init(_ constant: EPOLL_EVENTS) { rawValue = constant.rawValue }
}

/// The one place where the program waits. Each descriptor is watched under a token that the caller
/// chooses and gets back, so nothing here knows what a descriptor is for.
struct Epoll: ~Copyable {
  private let descriptor: FileDescriptor

  init() throws(SyscallError) {
    descriptor = FileDescriptor(
      owning: try checked("epoll_create", "") { epoll_create1(CInt(EPOLL_CLOEXEC)) })
  }

  func add(_ fd: CInt, events: EpollEvents, token: UInt64) throws(SyscallError) {
    try control(EPOLL_CTL_ADD, fd, events, token)
  }

  func modify(_ fd: CInt, events: EpollEvents, token: UInt64) throws(SyscallError) {
    try control(EPOLL_CTL_MOD, fd, events, token)
  }

  /// Needed before a descriptor is closed that somebody else holds open too.
  func remove(_ fd: CInt) throws(SyscallError) {
    try control(EPOLL_CTL_DEL, fd, [], 0)
  }

  /// What has happened, or nothing when the time is over or a signal came; -1 waits for ever.
  func wait(
    timeoutMilliseconds: CInt = -1
  ) throws(SyscallError) -> [(token: UInt64, events: EpollEvents)] {
    var events = [epoll_event](repeating: epoll_event(), count: 64)
    let count = epoll_wait(descriptor.raw, &events, CInt(events.count), timeoutMilliseconds)
    if count >= 0 {
      return events[..<Int(count)].map { ($0.data.u64, EpollEvents(rawValue: $0.events)) }
    }
    if errno == EINTR { return [] }
    throw SyscallError("epoll_wait", "", errno: errno)
  }

  private func control(
    _ operation: CInt, _ fd: CInt, _ events: EpollEvents, _ token: UInt64
  ) throws(SyscallError) {
    var event = epoll_event(events: events.rawValue, data: epoll_data_t(u64: token))
    try checked("epoll_ctl", "descriptor \(fd)") {
      epoll_ctl(descriptor.raw, operation, fd, &event)
    }
  }
}
