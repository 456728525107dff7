/// The front of a message's body: as much as anybody wants to see, whatever the server goes on to
/// send.
struct HTTPBody {
  private let reader: TimedReader
  private let framing: HTTPResponse.Framing

  init(_ reader: TimedReader, _ framing: HTTPResponse.Framing) {
    self.reader = reader
    self.framing = framing
  }

  /// At most `limit` bytes; an error when the body breaks off before that.
  func read(limit: Int) throws(TransportError) -> [UInt8] {
    var body: [UInt8] = []
    switch framing {
    case .none: break
    case .length(let count): try take(min(count, limit), into: &body)
    case .untilEnd:
      while body.count < limit {
        let part = try reader.take(max: limit - body.count)
        if part.isEmpty { break }
        body += part
      }
    case .chunked:
      while body.count < limit {
        let size = try chunkSize()
        if size == 0 { break }
        try take(min(size, limit - body.count), into: &body)
        if body.count < limit { try endChunk() }
      }
    }
    return body
  }

  private func take(_ count: Int, into body: inout [UInt8]) throws(TransportError) {
    var rest = count
    while rest > 0 {
      let part = try reader.take(max: rest)
      if part.isEmpty { throw .failed("unexpected EOF") }
      body += part
      rest -= part.count
    }
  }

  private func endChunk() throws(TransportError) {
    let rest: String?
    do throws(TransportError) {
      rest = try reader.line(max: 0)
    } catch {
      throw error == TimedReader.longLine ? .failed("malformed chunked encoding") : error
    }
    if rest == nil { throw .failed("unexpected EOF") }
  }

  /// `1a;name=value`
  private func chunkSize() throws(TransportError) -> Int {
    guard let line = try reader.line(max: 4096) else { throw .failed("unexpected EOF") }
    let digits = line.prefix { $0 != ";" }
    guard let size = Int(HTTPHeaders.trimmed(digits), radix: 16), size >= 0 else {
      throw .failed("invalid byte in chunk length")
    }
    return size
  }
}
