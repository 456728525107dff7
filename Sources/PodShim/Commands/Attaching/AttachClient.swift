import Glibc
import PodModel

/// A command's side of an attached container: what is typed goes in, what the container prints
/// comes out, until one of them has enough.
///
/// One thread and one `poll`: nothing that one side does not take keeps the other from being
/// heard, and signals come as messages, so that the terminal is always put back.
final class AttachClient {
  enum End: Equatable {
    case containerEnded, detached
    case signal(CInt)

    /// The exit status of a command that did nothing but this.
    var status: CInt {
      if case .signal(let signal) = self { 128 + signal } else { 0 }
    }
  }

  private let request: String
  private let paths: PodPaths
  private let wish: TerminalWish
  private let signals: FileDescriptor
  private var client: ControlClient
  private var received: [UInt8] = []
  private var unsent: [UInt8] = []
  private var inputEnded: Bool
  private var keys = DetachKeys()

  static let watched = [SIGWINCH, SIGINT, SIGTERM, SIGHUP, SIGQUIT]

  /// - Parameter fromStart: what the container has printed already is shown first.
  /// - Throws: `CommandError` when the container does not run.
  init(
    _ container: String, of paths: PodPaths, _ wish: TerminalWish, fromStart: Bool = false
  ) throws {
    request = "attach \(container)"
    self.paths = paths
    self.wish = wish
    inputEnded = !wish.stdin
    client = try AttachClient.connect(request + (fromStart ? " whole" : ""), paths)
    try Signals.block(AttachClient.watched)
    signals = try Signals.descriptor(for: AttachClient.watched)
  }

  /// A supervisor that is being restarted is waited for.
  private static func connect(_ request: String, _ paths: PodPaths) throws -> ControlClient {
    let deadline = Clock.boot() + ControlClient.patience
    while true {
      if let client = try ControlClient.ask(request, at: paths) {
        try client.socket.setNonblocking()
        return client
      }
      guard Clock.boot() < deadline, Files.exists(paths.state) else {
        throw CommandError("the pod's supervisor does not answer")
      }
      usleep(ControlClient.pause)
    }
  }

  func run() throws -> End {
    if wish.tty {
      let terminal = try RawTerminal()
      sendFirstSize()
      return try withExtendedLifetime(terminal) { try loop() }
    }
    return try loop()
  }

  private func loop() throws -> End {
    received = client.rest
    while true {
      if try takeFrames() { return .containerEnded }
      // Typed text waits until the container has taken the last piece.
      let typing = !inputEnded && unsent.isEmpty
      var watched = [
        pollfd(
          fd: client.socket.raw, events: Int16(unsent.isEmpty ? POLLIN : POLLIN | POLLOUT),
          revents: 0),
        pollfd(fd: signals.raw, events: Int16(POLLIN), revents: 0),
        pollfd(fd: typing ? STDIN_FILENO : -1, events: Int16(POLLIN), revents: 0),
      ]
      try checked("poll", "") { poll(&watched, nfds_t(watched.count), -1) }
      if watched[1].revents != 0, let end = try takeSignals() { return end }
      if watched[2].revents != 0, try takeTyped() { return .detached }
      if watched[0].revents != 0 || !unsent.isEmpty { try exchange() }
    }
  }

  // MARK: From the container

  /// True when the container has ended.
  private func takeFrames() throws -> Bool {
    guard let frames = AttachFrame.take(from: &received) else {
      throw CommandError("the pod's supervisor speaks another language: is it another version?")
    }
    for frame in frames {
      switch frame.kind {
      case .output: try Output.write(frame.payload, to: STDOUT_FILENO)
      case .errors: try Output.write(frame.payload, to: STDERR_FILENO)
      case .end: return true
      default: break
      }
    }
    return false
  }

  /// Sends and receives what is there, and goes on with the next supervisor when this one died.
  private func exchange() throws {
    if try transfer() { return }
    (received, unsent) = ([], [])
    client = try AttachClient.connect(request, paths)
    received = client.rest
    if wish.tty { sendSize() }
  }

  /// False when the supervisor has gone without a word.
  private func transfer() throws(SyscallError) -> Bool {
    do throws(SyscallError) {
      if !unsent.isEmpty, let count = try client.socket.send(unsent) { unsent.removeFirst(count) }
      guard let message = try client.socket.receive() else { return true }
      received += message.bytes
      return !message.isEnd
    } catch {
      if error.errno == EPIPE || error.errno == ECONNRESET { return false }
      throw error
    }
  }

  // MARK: To the container

  /// True when the one who types wants to leave.
  private func takeTyped() throws -> Bool {
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = Glibc.read(STDIN_FILENO, &bytes, bytes.count)
    if count < 0, errno == EAGAIN || errno == EINTR { return false }
    guard count > 0 else {
      inputEnded = true
      send(.inputEnd, [])
      return false
    }
    guard wish.tty else {
      send(.input, Array(bytes[..<count]))
      return false
    }
    let (through, leaves) = keys.filter(bytes[..<count])
    if !through.isEmpty { send(.input, through) }
    return leaves
  }

  private func takeSignals() throws -> End? {
    for received in try Signals.read(signals) {
      if received.signal != SIGWINCH { return .signal(received.signal) }
      if wish.tty { sendSize() }
    }
    return nil
  }

  private func send(_ kind: AttachFrame.Kind, _ payload: [UInt8]) {
    unsent += AttachFrame(kind: kind, payload: payload).bytes
  }

  /// As kubectl: another size first, so that whatever runs in there draws itself anew.
  private func sendFirstSize() {
    sendSize(growing: 1)
    sendSize()
  }

  private func sendSize(growing: UInt16 = 0) {
    guard let size = try? Terminal.size(STDIN_FILENO) else { return }
    let numbers = [size.rows &+ growing, size.columns &+ growing]
    send(.resize, numbers.flatMap { [UInt8($0 >> 8), UInt8(truncatingIfNeeded: $0)] })
  }
}
