import CLinux
import Glibc
import PodModel
import Testing

@testable import PodShim

/// A server on a port of the host's loopback that answers as a test wants it to, each connection on
/// a thread of its own, and remembers what it was asked.
final class ProbeServer {
  let ip: String
  let port: Int
  private let listener: OwnedDescriptor
  private let heard: Heard
  private let thread: Background

  /// - Parameter serve: gets each connection, which ends with it.
  private init(
    at ip: String, _ heard: Heard, serving serve: @escaping @Sendable (Wire) throws -> Void
  ) throws {
    self.ip = ip
    self.heard = heard
    listener = try InternetSocket.listen(
      HostPort(hostIP: ip, hostPort: 0, containerPort: 1, transport: .tcp))
    port = Int(try localPort(of: listener.raw))
    try listener.setNonblocking(false)
    let raw = listener.raw
    thread = Background {
      var threads: [Background] = []
      // Ends when the listener is shut down.
      while case let accepted = linux_accept_stream(raw), accepted >= 0 {
        let wire = try Wire(owning: accepted)
        threads.append(Background { try serve(wire) })
      }
      for thread in threads { thread.join() }
    }
  }

  convenience init(
    at ip: String = "127.0.0.1", serving serve: @escaping @Sendable (Wire) throws -> Void
  ) throws {
    try self.init(at: ip, Heard(), serving: serve)
  }

  /// - Parameter answer: gets the connection once the head of a request, or any bytes that are
  ///   none, have come.
  convenience init(
    at ip: String = "127.0.0.1", _ answer: @escaping @Sendable (Wire, String) throws -> Void
  ) throws {
    let heard = Heard()
    try self.init(at: ip, heard) { wire in
      // A client that only connects has asked nothing.
      guard let head = try ProbeServer.readHead(wire) else { return }
      heard.add(head)
      try answer(wire, head)
    }
  }

  /// Answers every request with the same bytes.
  convenience init(at ip: String = "127.0.0.1", saying text: String) throws {
    try self.init(at: ip) { wire, _ in try wire.send(text) }
  }

  deinit {
    shutdown(listener.raw, CInt(SHUT_RDWR))
    thread.join()
  }

  /// The heads of the requests, in the order in which they came.
  var requests: [String] { heard.all }

  var url: String { "http://\(GoText.address(ip, port))" }

  /// Asks as the child of a supervisor does, from this process.
  func ask(
    _ path: String = "/", host: String? = nil, scheme: URIScheme = .http,
    headers: [(String, String)] = [], purpose: NetworkInquiry.Purpose = .probe,
    within: Duration = .seconds(20), hosts: String? = nil
  ) throws -> ProbeAnswer {
    var action = HTTPGetAction()
    (action.path, action.port, action.host, action.scheme) = (path, .int(port), host, scheme)
    action.httpHeaders = headers.map { name, value in
      var header = HTTPHeader()
      (header.name, header.value) = (name, value)
      return header
    }
    var inquiry = try NetworkInquiry.httpGet(
      action, of: Container(), at: ip, timeout: 1, purpose: purpose)
    inquiry.hosts = hosts
    return inquiry.ask(until: Clock.boot() + within)
  }

  private static func readHead(_ wire: Wire) throws -> String? {
    var bytes: [UInt8] = []
    while let part = try? wire.receive(), !part.isEmpty {
      bytes += part
      let text = String(decoding: bytes, as: UTF8.self)
      let isRequest = text.hasPrefix("GET ")
      if !isRequest || text.contains("\r\n\r\n") { return text }
    }
    return nil
  }
}

/// What the threads of a server have heard.
private final class Heard: @unchecked Sendable {
  private var lock = pthread_mutex_t()
  private var texts: [String] = []

  init() { pthread_mutex_init(&lock, nil) }

  func add(_ text: String) {
    pthread_mutex_lock(&lock)
    texts.append(text)
    pthread_mutex_unlock(&lock)
  }

  var all: [String] {
    pthread_mutex_lock(&lock)
    defer { pthread_mutex_unlock(&lock) }
    return texts
  }
}

/// `HTTP/1.1 200 OK` with a body of known length.
func httpAnswer(_ status: Int = 200, _ headers: [String] = [], body: String = "") -> String {
  let lines = ["HTTP/1.1 \(status) Answer", "Content-Length: \(body.utf8.count)"] + headers
  return lines.joined(separator: "\r\n") + "\r\n\r\n" + body
}
