import OCISpec

/// What `podshim fetch` says to who started it, one JSON object a line: how far it is, and in its
/// last line how it ended.
enum PullNews: Codable, Equatable {
  /// What has to be here, as far as it is.
  case layers([Layer])
  /// All of it is here, and is being unpacked.
  case unpacking
  case done(Result)
  case failed(Reason, String)

  struct Layer: Codable, Equatable {
    var digest: String
    /// As it is transferred, mostly compressed.
    var size: Int64
    var arrived: Int64

    var isHere: Bool { arrived == size }
  }

  struct Result: Codable, Equatable {
    /// What the registry has under the name.
    var digest: String
    var size: Int64
    /// It was not here before.
    var isNew: Bool
    /// Without the time in which another process pulled the same.
    var milliseconds: Int64
  }

  enum Reason: String, Codable {
    case failed, signature
  }

  /// Why there is no image, with the kubelet's word.
  struct Failed: Error, CustomStringConvertible {
    var reason = "ErrImagePull"
    var message: String
    var description: String { message }
  }

  /// What came of a pull, by its last line.
  static func result(of output: [UInt8], _ status: ExitStatus) throws(Failed) -> Result {
    switch output.split(separator: newline).last.flatMap({ read($0) }) {
    case .done(let result): return result
    case .failed(.failed, let message): throw Failed(message: message)
    case .failed(.signature, let message):
      throw Failed(reason: "SignatureValidationFailed", message: message)
    default: throw Failed(message: "the pull ended with \(status)")
    }
  }

  static func read(_ line: ArraySlice<UInt8>) -> PullNews? {
    try? JSON.decode(PullNews.self, from: Array(line))
  }
}
