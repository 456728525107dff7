/// The two messages of `grpc.health.v1.Health/Check`, as bytes: a frame of five bytes and protobuf.
enum GRPCMessage {
  static func request(service: String) -> [UInt8] {
    var message: [UInt8] = []
    let name = Array(service.utf8)
    // Field 1, a string; an empty one is left out.
    if !name.isEmpty { message = [0x0A] + varint(UInt64(name.count)) + name }
    let size = UInt32(truncatingIfNeeded: message.count)
    return [0] + (0..<4).map { UInt8(truncatingIfNeeded: size >> (24 - 8 * $0)) } + message
  }

  /// `SERVING`; an unknown number is itself. Nil when the bytes are no such message.
  static func servingStatus(_ frame: [UInt8]) -> String? {
    guard frame.count >= 5, frame[0] == 0 else { return nil }
    let size = frame[1..<5].reduce(0) { $0 << 8 | Int($1) }
    guard frame.count == 5 + size else { return nil }
    var rest = frame[5...]
    var status: UInt64 = 0
    while !rest.isEmpty {
      guard let tag = takeVarint(&rest), let value = takeField(tag & 7, &rest) else { return nil }
      if tag == 0x08 { status = value }
    }
    let names = ["UNKNOWN", "SERVING", "NOT_SERVING", "SERVICE_UNKNOWN"]
    return status < names.count ? names[Int(status)] : "\(status)"
  }

  private static func varint(_ value: UInt64) -> [UInt8] {
    value < 0x80 ? [UInt8(value)] : [UInt8(value & 0x7F) | 0x80] + varint(value >> 7)
  }

  private static func takeVarint(_ bytes: inout ArraySlice<UInt8>) -> UInt64? {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 70, by: 7) {
      guard let byte = bytes.popFirst() else { return nil }
      value |= UInt64(byte & 0x7F) << shift
      if byte & 0x80 == 0 { return value }
    }
    return nil
  }

  /// The value of a number; 0 for a field of another type, which is skipped.
  private static func takeField(_ type: UInt64, _ bytes: inout ArraySlice<UInt8>) -> UInt64? {
    var size: UInt64
    switch type {
    case 0: return takeVarint(&bytes)
    case 1: size = 8
    case 2:
      guard let length = takeVarint(&bytes) else { return nil }
      size = length
    case 5: size = 4
    default: return nil
    }
    guard size <= UInt64(bytes.count) else { return nil }
    bytes = bytes.dropFirst(Int(size))
    return 0
  }
}
