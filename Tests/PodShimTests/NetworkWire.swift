import CLinux
import Glibc
import PodModel
import Testing

@testable import PodShim

/// One end of a blocking TCP or UDP connection in a test. Nothing that it waits for takes longer
/// than twenty seconds: then it fails.
final class Wire: Sendable {
  let raw: CInt

  init(owning raw: CInt) throws {
    self.raw = raw
    let flags = try checked("fcntl", "") { fcntl(raw, F_GETFL) }
    try checked("fcntl", "") { fcntl(raw, F_SETFL, flags & ~O_NONBLOCK) }
    var patience = timeval(tv_sec: 20, tv_usec: 0)
    let size = socklen_t(MemoryLayout<timeval>.size)
    for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
      try checked("setsockopt", "") { setsockopt(raw, SOL_SOCKET, option, &patience, size) }
    }
  }

  /// Connects to a port of the loopback of the network that the thread is in.
  convenience init(
    to port: UInt16, _ transport: HostPort.Transport = .tcp, _ family: InternetSocket.Family = .four
  ) throws {
    let type = transport == .tcp ? SOCK_STREAM : SOCK_DGRAM
    let socket = linux_loopback_socket(family.rawValue, CInt(type.rawValue))
    try self.init(owning: try checked("socket", "") { socket })
    try InternetSocket.connect(raw, family, port: port)
  }

  deinit { close(raw) }

  func send(_ bytes: [UInt8]) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = try checked("send", "") {
        rest.withUnsafeBytes {
          Glibc.send(raw, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL))
        }
      }
      rest = rest.dropFirst(count)
    }
  }

  func send(_ text: String) throws { try send(Array(text.utf8)) }

  /// A datagram, also an empty one.
  func sendDatagram(_ bytes: [UInt8]) throws {
    try checked("send", "") { Glibc.send(raw, bytes, bytes.count, 0) }
  }

  /// What is there next; empty at the end.
  func receive(max: Int = 65536) throws -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: max)
    let count = try checked("receive", "") { recv(raw, &bytes, max, 0) }
    return Array(bytes[..<count])
  }

  func receiveText() throws -> String { String(decoding: try receive(), as: UTF8.self) }

  /// Everything until the end.
  func receiveAll() throws -> [UInt8] {
    var all: [UInt8] = []
    while true {
      let bytes = try receive()
      if bytes.isEmpty { return all }
      all += bytes
    }
  }

  /// The other end will see a reset when this one is closed.
  func resetOnClose() { InternetSocket.resetOnClose(raw) }

  func endSending() throws {
    try checked("shutdown", "") { shutdown(raw, CInt(SHUT_WR)) }
  }
}

/// A thread of a test, for what has to go on beside it.
final class Background: @unchecked Sendable {
  private final class Work {
    let body: () throws -> Void
    init(_ body: @escaping () throws -> Void) { self.body = body }
  }

  private var thread = pthread_t()

  /// An error in `body` is an issue of the test.
  init(_ body: @escaping @Sendable () throws -> Void) {
    let test = Test.current
    let work = Work {
      do { try body() } catch { Issue.record(error, "beside \(test?.name ?? "?")") }
    }
    pthread_create(
      &thread, nil,
      { argument in
        guard let argument else { return nil }
        let work = Unmanaged<Work>.fromOpaque(argument).takeRetainedValue()
        try? work.body()
        return nil
      }, Unmanaged.passRetained(work).toOpaque())
  }

  func join() { pthread_join(thread, nil) }
}

/// Asks again until it is so, or fails after ten seconds.
func eventually(_ what: Comment, _ condition: () throws -> Bool) throws {
  let end = Clock.boot() + .seconds(10)
  while try !condition() {
    if Clock.boot() > end {
      Issue.record("never: \(what)")
      return
    }
    usleep(2000)
  }
}
