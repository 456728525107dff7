import CLinux
import Glibc

/// The process that must not die: subreaper of the pod, writer of its journal, holder of its pipes.
///
/// It does nothing else, so that it has no reason to die. Every exit of a pod's process is read
/// from the kernel here, and written down before the pid is let go; a supervisor that ends
/// unasked is started again and given back what it had open.
final class Keeper {
  private let journal: FileDescriptor
  private let signals: FileDescriptor
  /// Says to every command that somebody keeps this pod.
  private let lock: FileLock?
  /// The supervisor's own arguments, without the program's name.
  private let arguments: [String]
  private var supervisor: Supervised
  private var held: [(name: String, descriptor: OwnedDescriptor)]
  private var isFinished = false

  /// A supervisor that dies younger than this has the next one wait, each time twice as long.
  private static let youth = Duration.milliseconds(200)
  private static let shortestPause = Duration.milliseconds(50)
  private static let longestPause = Duration.seconds(5)
  private var pause = shortestPause

  /// The supervisor of the moment.
  private final class Supervised {
    let link: UnixSocket
    let child: Child
    let begun = Clock.boot()

    init(_ arguments: [String]) throws(SyscallError) {
      let pair = try UnixSocket.pair()
      var program = Program("/proc/self/exe", ["podshim"] + arguments)
      program.descriptors = [-1, 1, 2, pair.second.raw]
      child = try program.spawn()
      link = UnixSocket(try pair.first.duplicate())
    }
  }

  struct AlreadyKept: Error, CustomStringConvertible {
    var description: String { "this pod has a keeper already" }
  }

  /// - Parameter arguments: the supervisor's own, without the program's name.
  init(paths: PodPaths, arguments: [String]) throws {
    lock = try Keeper.lock(paths.lock)
    guard lock != nil else { throw AlreadyKept() }
    try Process.becomeSubreaper()
    try Signals.block([SIGCHLD, SIGHUP, SIGINT, SIGTERM])
    signals = try Signals.descriptor(for: [SIGCHLD])
    journal = try FileDescriptor.open(paths.journal, O_WRONLY | O_CREAT | O_APPEND)
    self.arguments = arguments
    held = Heritage.take()
    supervisor = try Supervised(arguments)
    try giveBack()
  }

  /// nil when somebody else keeps the pod. Whom we succeed may have it for a moment yet: the kernel
  /// closes what a dead process had open one by one, and its end of our link before its lock.
  private static func lock(_ path: String) throws(SyscallError) -> FileLock? {
    for _ in 0..<(Heritage.isThere ? 100 : 0) {
      if let lock = try FileLock.acquire(path, wait: false) { return lock }
      usleep(10_000)
    }
    return try FileLock.acquire(path, wait: false)
  }

  /// Blocks while the supervisor reads; after that no message may stop the keeper.
  private func giveBack() throws(SyscallError) {
    for (name, descriptor) in held {
      try supervisor.link.send(KeeperMessage.held(name).bytes, descriptors: [descriptor.raw])
    }
    try supervisor.link.send(KeeperMessage.ready.bytes)
    try supervisor.link.setNonblocking()
  }

  /// Keeps until the supervisor says that the pod is finished.
  func run() throws {
    let epoll = try Epoll()
    try epoll.add(signals.raw, events: .readable, token: 0)
    try epoll.add(supervisor.link.raw, events: .readable, token: 1)
    while true {
      for (token, _) in try epoll.wait(timeoutMilliseconds: -1) {
        if token == 0 {
          _ = try Signals.read(signals)
        } else {
          takeMessages(epoll)
        }
      }
      guard try reap() else { continue }
      takeMessages(epoll)
      if isFinished { return }
      try restart()
      try epoll.add(supervisor.link.raw, events: .readable, token: 1)
    }
  }

  /// Everything that the supervisor has sent, also when it is gone since.
  private func takeMessages(_ epoll: borrowing Epoll) {
    while let message = (try? supervisor.link.receive()) ?? nil {
      if message.isEnd {
        // The supervisor has closed its end: its exit follows as a signal.
        return (try? epoll.remove(supervisor.link.raw)) ?? ()
      }
      take(message)
    }
  }

  private func take(_ message: UnixSocket.Message) {
    switch KeeperMessage(message.bytes) {
    case .hold(let name):
      if let descriptor = message.descriptors.first { held.append((name, descriptor)) }
    case .drop(let name):
      held.removeAll { $0.name == name }
    case .finish:
      isFinished = true
    default:
      break
    }
  }

  /// Writes down and lets go of everything that has ended; true when the supervisor was among it.
  private func reap() throws -> Bool {
    var supervisorEnded = false
    while let exit = try Process.peek() {
      if exit.pid == supervisor.child.pid {
        supervisorEnded = true
      } else {
        let entry = Journal.Entry(pid: exit.pid, status: exit.status, at: Clock.boot())
        try journal.writeAll(Array(Journal.line(entry).utf8))
        // Lost when the queue is full or the supervisor is gone: it reads the journal anyway.
        _ = try? supervisor.link.send(KeeperMessage.journal.bytes)
      }
      try Process.reap(exit.pid)
    }
    return supervisorEnded
  }

  private func restart() throws {
    if Clock.boot() - supervisor.begun < Keeper.youth {
      usleep(useconds_t(pause / .microseconds(1)))
      pause = min(pause * 2, Keeper.longestPause)
    } else {
      pause = Keeper.shortestPause
    }
    supervisor = try Supervised(arguments)
    try giveBack()
  }
}
