/// One piece of an attached stream on the control socket: a kind, a length, that many bytes.
struct AttachFrame: Equatable {
  var kind: Kind
  var payload: [UInt8]

  enum Kind: UInt8 {
    /// From the client: for the container's standard input.
    case input = 0
    /// From the client: there is no more input. From us: the container's standard output.
    case inputEnd = 1
    /// From the client: rows and columns, two bytes each. From us: standard error.
    case resize = 2
    /// From us: the container has ended.
    case end = 3

    static let output = inputEnd
    static let errors = resize
  }

  /// More than this in one frame is nonsense.
  static let longest = 1 << 20

  var bytes: [UInt8] {
    let count = UInt32(payload.count)
    return [kind.rawValue] + (0..<4).map { UInt8(truncatingIfNeeded: count >> (24 - 8 * $0)) }
      + payload
  }

  /// The whole frames at the front of `buffer`, which it loses; nil when it is no frame at all.
  static func take(from buffer: inout [UInt8]) -> [AttachFrame]? {
    var frames: [AttachFrame] = []
    var start = 0
    while buffer.count - start >= 5 {
      let count = buffer[(start + 1)..<(start + 5)].reduce(0) { $0 << 8 | Int($1) }
      guard let kind = Kind(rawValue: buffer[start]), count <= longest else { return nil }
      guard buffer.count - start >= 5 + count else { break }
      let payload = Array(buffer[(start + 5)..<(start + 5 + count)])
      frames.append(AttachFrame(kind: kind, payload: payload))
      start += 5 + count
    }
    buffer.removeFirst(start)
    return frames
  }
}
