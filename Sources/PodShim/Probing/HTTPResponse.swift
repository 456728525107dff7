import PodModel

/// What a server has answered: the head of the message, and how its body is framed.
struct HTTPResponse: Equatable {
  var status: Int
  var headers: HTTPHeaders

  enum Framing: Equatable {
    case none
    case length(Int)
    case chunked
    /// As long as the connection.
    case untilEnd
  }

  init(status: Int, headers: HTTPHeaders = HTTPHeaders()) {
    self.status = status
    self.headers = headers
  }

  /// In bytes, of a whole head; Go's `MaxResponseHeaderBytes`.
  static let headLimit = 10 << 20

  /// Reads the head of the next message that is an answer, not a sign of life (100, 103).
  static func read(_ reader: TimedReader) throws(TransportError) -> HTTPResponse {
    for _ in 0..<6 {
      let response = try readOne(reader)
      if response.status >= 200 || response.status == 101 { return response }
    }
    throw broken("too many 1xx informational responses")
  }

  private static func readOne(_ reader: TimedReader) throws(TransportError) -> HTTPResponse {
    var rest = headLimit
    func line() throws(TransportError) -> String? {
      do throws(TransportError) {
        let line = try reader.line(max: rest)
        rest -= (line?.utf8.count ?? 0) + 2
        if rest > 0 { return line }
      } catch {
        switch error {
        case .failed("unexpected EOF"): throw broken("unexpected EOF")
        case TimedReader.longLine: break
        default: throw error
        }
      }
      throw .failed("net/http: server response headers exceeded \(headLimit) bytes; aborted")
    }
    guard let first = try line() else { throw .failed("EOF") }
    var response = HTTPResponse(status: try status(first))
    while true {
      guard let text = try line() else { throw broken("unexpected EOF") }
      if text.isEmpty { return response }
      try response.take(text)
    }
  }

  /// `HTTP/1.1 200 OK`, from curl also `HTTP/2 200 `
  private static func status(_ line: String) throws(TransportError) -> Int {
    let words = line.split(separator: " ", maxSplits: 2)
    guard words.count > 1 else { throw broken("malformed HTTP response \(line.quoted)") }
    guard words[0].hasPrefix("HTTP/") else {
      throw broken("malformed HTTP version \(String(words[0]).quoted)")
    }
    guard words[1].count == 3, let status = UInt16(words[1]) else {
      throw broken("malformed HTTP status code \(String(words[1]).quoted)")
    }
    return Int(status)
  }

  private mutating func take(_ line: String) throws(TransportError) {
    if line.hasPrefix(" ") || line.hasPrefix("\t") {
      headers.extendLast(line[...])
      return
    }
    guard let colon = line.firstIndex(of: ":"), colon != line.startIndex else {
      throw HTTPResponse.broken("malformed MIME header line: \(line)")
    }
    headers.add(String(line[..<colon]), String(line[line.index(after: colon)...]))
  }

  private static func broken(_ reason: String) -> TransportError {
    .failed("net/http: HTTP/1.x transport connection broken: \(reason)")
  }

  /// How the body of an answer to GET is framed.
  var framing: Framing {
    get throws(TransportError) {
      if status < 200 || status == 204 || status == 304 { return .none }
      if headers.lists("chunked", in: "Transfer-Encoding") { return .chunked }
      guard let length = headers["Content-Length"] else { return .untilEnd }
      guard let count = Int(length), count >= 0 else {
        throw HTTPResponse.broken("bad Content-Length \(length.quoted)")
      }
      return .length(count)
    }
  }

  /// Where the server wants us to go, if it is one of the redirects that clients follow.
  var location: String? {
    guard [301, 302, 303, 307, 308].contains(status) else { return nil }
    return headers["Location"].flatMap { $0.isEmpty ? nil : $0 }
  }
}
