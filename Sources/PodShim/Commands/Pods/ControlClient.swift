import Glibc

/// A command's end of a supervisor's control socket: one line of request, one line of answer, then
/// whatever the request brings.
///
/// A supervisor that was killed is back within a second, and nobody should notice: whoever cannot
/// reach it tries again for a while.
struct ControlClient: ~Copyable {
  let socket: UnixSocket
  /// What came behind the answer already.
  var rest: [UInt8] = []
  /// What stood behind `ok`.
  var answer = ""

  /// How long a supervisor may be away.
  static let patience = Duration.seconds(5)
  static let pause: useconds_t = 20_000

  /// The connection after a positive answer; nil when there is nobody to answer.
  /// - Throws: `CommandError` with the supervisor's words when it refuses.
  static func ask(_ request: String, at paths: PodPaths) throws -> ControlClient? {
    guard let socket = try? UnixSocket.connect(to: paths.control, kind: .stream) else { return nil }
    do {
      try socket.send(Array((request + "\n").utf8))
    } catch {
      return nil
    }
    var client = ControlClient(socket: socket)
    let deadline = Clock.boot() + patience
    while true {
      guard try client.waitForInput(until: deadline),
        let message = try? client.socket.receive(), !message.isEnd
      else { return nil }
      client.rest += message.bytes
      guard let end = client.rest.firstIndex(of: newline) else { continue }
      let line = String(decoding: client.rest[..<end], as: UTF8.self)
      client.rest.removeFirst(end + 1)
      if line == "ok" || line.hasPrefix("ok ") {
        client.answer = String(line.dropFirst(3))
        return client
      }
      throw CommandError(line.hasPrefix("error ") ? String(line.dropFirst(6)) : line)
    }
  }

  /// Blocks until the other end closes; false when it has not by the deadline.
  func waitForEnd(until deadline: Duration?) throws(SyscallError) -> Bool {
    while try waitForInput(until: deadline) {
      guard let message = try? socket.receive(), !message.isEnd else { return true }
    }
    return false
  }

  /// - Parameter deadline: nil is never.
  private func waitForInput(until deadline: Duration?) throws(SyscallError) -> Bool {
    var ready = pollfd(fd: socket.raw, events: Int16(POLLIN), revents: 0)
    var milliseconds: CInt = -1
    if let deadline {
      milliseconds = CInt(clamping: max(.zero, deadline - Clock.boot()) / .milliseconds(1))
    }
    return try checked("poll", "control socket") { poll(&ready, 1, milliseconds) } > 0
  }
}

extension Duration {
  /// How many whole times `unit` fits in.
  static func / (duration: Duration, unit: Duration) -> Int64 {
    let ratio: Double = duration / unit
    return Int64(ratio)
  }
}
