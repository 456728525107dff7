/// What a probe or a hook has found out.
///
/// It crosses from `podshim probe` to the supervisor as an exit status and a message on standard
/// output, at most `messageLimit` bytes of it: the kubelet keeps no more either. A child that ends
/// in any other way is an `error`: nobody knows.
enum ProbeAnswer: Equatable {
  case success
  /// A success that is to be told: the event `ProbeWarning`, for a hook `LifecycleHTTPFallback`.
  case warning(String)
  case failure(String)
  /// It could not be found out; the kubelet asks again and then lets things be as they were.
  case error(String)

  /// In bytes; the kubelet's `maxRespBodyLength`.
  static let messageLimit = 10 * 1024

  /// - Parameters:
  ///   - exit: how `podshim probe` ended.
  ///   - output: what it printed.
  init(exit: ExitStatus, output: [UInt8]) {
    let text = String(decoding: output.prefix(ProbeAnswer.messageLimit), as: UTF8.self)
    switch exit {
    case .exited(0): self = .success
    case .exited(1): self = .failure(text)
    case .exited(2): self = .warning(text)
    case .exited(3): self = .error(text)
    default: self = .error("`podshim probe` ended with \(exit)" + (text.isEmpty ? "" : ": \(text)"))
    }
  }

  /// The exit status of `podshim probe`.
  var exitCode: CInt {
    switch self {
    case .success: 0
    case .failure: 1
    case .warning: 2
    case .error: 3
    }
  }

  var message: String {
    switch self {
    case .success: ""
    case .warning(let text), .failure(let text), .error(let text): text
    }
  }

  /// What `podshim probe` prints: the message, cut where no character is broken.
  var output: [UInt8] {
    let bytes = Array(message.utf8)
    guard bytes.count > ProbeAnswer.messageLimit else { return bytes }
    var end = ProbeAnswer.messageLimit
    while end > 0, bytes[end] & 0xC0 == 0x80 { end -= 1 }
    return Array(bytes[..<end])
  }
}
