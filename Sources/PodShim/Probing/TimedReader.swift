import Glibc

/// A socket or a pipe that is waited for until a deadline and no longer, whoever is at its other
/// end. It must be non-blocking.
final class TimedReader {
  private let descriptor: OwnedDescriptor
  private let deadline: Duration?
  /// What was read and not yet taken.
  private var buffer: ArraySlice<UInt8> = []

  /// - Parameter deadline: since boot; nil is never.
  init(_ descriptor: OwnedDescriptor, deadline: Duration?) {
    self.descriptor = descriptor
    self.deadline = deadline
  }

  /// One byte at least and `max` at most; nothing at the end.
  func take(max: Int) throws(TransportError) -> ArraySlice<UInt8> {
    if buffer.isEmpty { try fill() }
    let taken = buffer.prefix(max)
    buffer = buffer.dropFirst(taken.count)
    return taken
  }

  /// The next line without its end; nil at the end of everything, an error in the midst of a line
  /// or when it has more than `max` bytes.
  func line(max: Int) throws(TransportError) -> String? {
    var line: [UInt8] = []
    while true {
      if buffer.isEmpty { try fill() }
      if buffer.isEmpty {
        if line.isEmpty { return nil }
        throw .failed("unexpected EOF")
      }
      let end = buffer.firstIndex(of: UInt8(ascii: "\n"))
      line += buffer[..<(end ?? buffer.endIndex)]
      buffer = buffer[(end.map { $0 + 1 } ?? buffer.endIndex)...]
      if line.last == UInt8(ascii: "\r"), end != nil { line.removeLast() }
      if line.count > max { throw TimedReader.longLine }
      if end != nil { return String(decoding: line, as: UTF8.self) }
    }
  }

  static let longLine = TransportError.failed("too long a line")

  /// Sends everything, or as much as the other end takes: one that has said its answer need not
  /// hear us out.
  func send(_ bytes: [UInt8]) throws(TransportError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes {
        Glibc.send(descriptor.raw, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL))
      }
      if count >= 0 {
        rest = rest.dropFirst(count)
      } else if errno == EAGAIN {
        try TimedReader.wait(descriptor.raw, for: POLLOUT, until: deadline)
      } else if errno != EINTR {
        return
      }
    }
  }

  private func fill() throws(TransportError) {
    var chunk = [UInt8](repeating: 0, count: 16384)
    while true {
      do throws(SyscallError) {
        if let count = try descriptor.read(into: &chunk) {
          buffer = chunk[..<count]
          return
        }
      } catch {
        throw .failed("read: \(GoText.reason(error.errno))")
      }
      try TimedReader.wait(descriptor.raw, for: POLLIN, until: deadline)
    }
  }

  /// Until the descriptor is ready, or in error.
  static func wait(
    _ descriptor: CInt, for events: CInt, until deadline: Duration?
  ) throws(TransportError) {
    while true {
      var milliseconds: CInt = -1
      if let deadline {
        let rest = deadline - Clock.boot()
        if rest <= .zero { throw .timedOut }
        milliseconds = CInt(clamping: Int64(rest / .milliseconds(1)) + 1)
      }
      var watched = pollfd(fd: descriptor, events: Int16(events), revents: 0)
      let count = poll(&watched, 1, milliseconds)
      if count > 0 { return }
      if count < 0, errno != EINTR { throw .failed("poll: \(GoText.reason(errno))") }
    }
  }
}
