import Testing

@testable import PodShim

/// As much of an HTTP/2 server as one gRPC call needs: headers that are not compressed, one stream,
/// no flow control.
struct HTTP2Server: Sendable {
  var status = 200
  var headers = [("content-type", "application/grpc")]
  var data: [UInt8]?
  var trailers: [(String, String)]?
  /// The end does not come.
  var isCut = false
  /// What the request's body has to be.
  var expected: [UInt8]?

  private enum Frame: UInt8 {
    case data = 0
    case headers = 1
    case settings = 4
  }

  /// The answer of a health service.
  static func health(_ message: [UInt8]) -> HTTP2Server {
    HTTP2Server(
      data: [0, 0, 0, 0, UInt8(message.count)] + message, trailers: [("grpc-status", "0")])
  }

  /// A call that fails, which has trailers and nothing else.
  static func failing(_ code: Int, _ message: String) -> HTTP2Server {
    var server = HTTP2Server()
    server.headers += [("grpc-status", "\(code)"), ("grpc-message", message)]
    return server
  }

  /// Greets, hears the request, answers, and waits for the client to go.
  func serve(_ wire: Wire) throws {
    let body = try hear(wire)
    if let expected { #expect(body == expected) }
    let statusField =
      status == 200 ? [0x88] : HTTP2Server.field(":status", "\(status)")
    let isOnlyHeaders = data == nil && trailers == nil
    let fields = headers.flatMap { HTTP2Server.field($0.0, $0.1) }
    try send(wire, .headers, flags: isOnlyHeaders ? 5 : 4, stream: 1, statusField + fields)
    if let data { try send(wire, .data, flags: trailers == nil && !isCut ? 1 : 0, stream: 1, data) }
    if let trailers {
      let fields = trailers.flatMap { HTTP2Server.field($0.0, $0.1) }
      try send(wire, .headers, flags: 5, stream: 1, fields)
    }
    while let bytes = try? wire.receive(), !bytes.isEmpty {}
  }

  /// The body of the request on stream 1.
  private func hear(_ wire: Wire) throws -> [UInt8] {
    var buffer: [UInt8] = []
    func take(_ count: Int) throws -> [UInt8] {
      while buffer.count < count {
        let bytes = try wire.receive()
        try #require(!bytes.isEmpty, "the client has gone")
        buffer += bytes
      }
      defer { buffer.removeFirst(count) }
      return Array(buffer[..<count])
    }
    let preface = String(decoding: try take(24), as: UTF8.self)
    #expect(preface == "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
    try send(wire, .settings, flags: 0, stream: 0, [])
    var body: [UInt8] = []
    while true {
      let head = try take(9)
      let payload = try take(head[..<3].reduce(0) { $0 << 8 | Int($1) })
      let (frame, flags) = (Frame(rawValue: head[3]), head[4])
      if frame == .settings, flags & 1 == 0 { try send(wire, .settings, flags: 1, stream: 0, []) }
      if frame == .data { body += payload }
      if frame == .data || frame == .headers, flags & 1 != 0 { return body }
    }
  }

  private func send(
    _ wire: Wire, _ frame: Frame, flags: UInt8, stream: UInt8, _ payload: [UInt8]
  ) throws {
    let size = [0, UInt8(payload.count >> 8), UInt8(payload.count & 255)]
    try wire.send(size + [frame.rawValue, flags, 0, 0, 0, stream] + payload)
  }

  /// A literal that nobody needs to remember.
  private static func field(_ name: String, _ value: String) -> [UInt8] {
    [0, UInt8(name.utf8.count)] + Array(name.utf8) + [UInt8(value.utf8.count)] + Array(value.utf8)
  }
}
