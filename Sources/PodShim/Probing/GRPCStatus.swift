import PodModel

/// How a gRPC call ended, read from the headers and trailers of its answer.
struct GRPCStatus: Equatable {
  var code: Int
  var message: String

  static let ok = 0
  static let deadlineExceeded = 4
  static let unimplemented = 12

  private static let names = [
    "OK", "Canceled", "Unknown", "InvalidArgument", "DeadlineExceeded", "NotFound",
    "AlreadyExists", "PermissionDenied", "ResourceExhausted", "FailedPrecondition", "Aborted",
    "OutOfRange", "Unimplemented", "Internal", "Unavailable", "DataLoss", "Unauthenticated",
  ]

  init(_ code: Int, _ message: String) {
    self.code = code
    self.message = message
  }

  /// - Parameter dump: what `curl --dump-header` writes; nil when it holds no answer.
  init?(dump: String) {
    var (headers, status) = (HTTPHeaders(), Int?.none)
    for line in dump.split(whereSeparator: \.isNewline) {
      if line.hasPrefix("HTTP/") {
        status = line.split(separator: " ").dropFirst().first.flatMap { Int($0) }
      } else if let colon = line.firstIndex(of: ":") {
        headers.add(String(line[..<colon]), String(line[line.index(after: colon)...]))
      }
    }
    guard let status else { return nil }
    if let text = headers["Grpc-Status"] {
      let message = headers["Grpc-Message"].map(GRPCStatus.decoded) ?? ""
      self.init(Int(text) ?? 2, message)
    } else if status == 200 {
      self.init(13, "server closed the stream without sending trailers")
    } else {
      let type = headers["Content-Type"].map { $0.quoted } ?? "\"\""
      self.init(
        GRPCStatus.code(ofHTTP: status),
        "unexpected HTTP status code received from server: \(status);"
          + " transport: received unexpected content-type \(type)")
    }
  }

  /// gRPC's own table of what an HTTP status stands for.
  private static func code(ofHTTP status: Int) -> Int {
    switch status {
    case 400: 13
    case 401: 16
    case 403: 7
    case 404: unimplemented
    case 429, 502, 503, 504: 14
    default: 2
    }
  }

  /// The percent signs of `grpc-message`, taken out.
  private static func decoded(_ text: String) -> String {
    var rest = Array(text.utf8)[...]
    var bytes: [UInt8] = []
    while let byte = rest.popFirst() {
      let digits = rest.prefix(2)
      if byte == UInt8(ascii: "%"), digits.count == 2, digits.allSatisfy(URLText.isHex),
        let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
      {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension GRPCStatus: CustomStringConvertible {
  var description: String {
    let known = GRPCStatus.names.indices.contains(code)
    return "rpc error: code = \(known ? GRPCStatus.names[code] : "Code(\(code))") desc = \(message)"
  }
}
