/// One file of a volume whose content podshim writes: a key of an object, a field of the pod, a
/// token.
public struct VolumeFile: Equatable, Sendable {
  public var content: Content
  public var mode: UInt32
  /// nil is root.
  public var owner: UInt32?

  public enum Content: Equatable, Sendable {
    case bytes([UInt8])
    /// For whoever has the key to sign with.
    case token(TokenRequest)
  }

  init(_ content: Content, mode: Int, owner: UInt32? = nil) {
    self.content = content
    // The API server lets none through that has more bits.
    self.mode = UInt32(truncatingIfNeeded: mode) & 0o777
    self.owner = owner
  }
}

/// What a token is to say about itself.
public struct TokenRequest: Hashable, Sendable {
  /// Whom it is for; nil for whoever issues it.
  public var audience: String?
  public var expirationSeconds: Int
}

extension VolumeFile {
  /// `path` without its `.` and double slashes, or why no file of a volume can be there, in the
  /// kubelet's words (`atomic_writer.go`).
  static func path(_ path: String) throws(PlanError) -> String {
    if path.isEmpty { throw .mount("invalid path: must not be empty: \(path.quoted)") }
    if path.hasPrefix("/") { throw .mount("invalid path: must be relative path: \(path)") }
    if path.utf8.count > 4096 {
      throw .mount("invalid path: must be less than or equal to 4096 characters")
    }
    let parts = path.split(separator: "/").filter { $0 != "." }
    if parts.contains("..") { throw .mount("invalid path: must not contain '..': \(path)") }
    if parts.contains(where: { $0.utf8.count > 255 }) {
      throw .mount("invalid path: filenames must be less than or equal to 255 characters")
    }
    // These are the names that the volume keeps for itself.
    guard let first = parts.first, !first.hasPrefix("..") else {
      throw .mount("invalid path: must not start with '..': \(path)")
    }
    if path.utf8.contains(0) { throw .mount("invalid path: zero byte in \(path.quoted)") }
    return parts.joined(separator: "/")
  }
}
