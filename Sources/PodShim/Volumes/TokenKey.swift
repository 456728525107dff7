import Glibc
import PodModel

/// The key that signs the tokens of service accounts: made once for each data root, by the host's
/// `openssl`, which also signs. Beside it lies its public half, by which anybody can verify a
/// token.
struct TokenKey {
  /// Names the key in a token, as Kubernetes does: the SHA-256 of its public half.
  let id: String
  private let path: String

  struct Unusable: Error, CustomStringConvertible {
    var description: String
  }

  /// The key of this data root, made when there is none.
  init(of host: HostPaths) throws {
    path = host.tokenKey
    let publicPath = path + ".pub"
    if !Files.exists(path) || !Files.exists(publicPath) {
      try Self.make(path, publicPath, in: host.keys)
    }
    let pem = try Files.readText(publicPath).split(separator: "\n")
    let body = pem.filter { !$0.hasPrefix("-----") }.joined()
    guard case .success(let der) = Base64.decoding(body), !der.bytes.isEmpty else {
      throw Unusable(description: "`\(publicPath)` holds no key: remove it")
    }
    id = Base64(try Digest.ofBytes(der.bytes).bytes).urlText
  }

  func sign(_ text: String) throws -> [UInt8] {
    try Tool.openssl.run(["dgst", "-sha256", "-sign", path], input: Array(text.utf8))
  }

  /// Somebody else may have been quicker.
  private static func make(
    _ path: String, _ publicPath: String, in folder: String
  ) throws {
    try Files.makeDirectories(folder, mode: 0o700)
    let lock = try FileLock.acquire(folder + "/lock")
    defer { withExtendedLifetime(lock) {} }
    if !Files.exists(path) {
      let key = try Tool.openssl.run(
        ["genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"])
      try Files.replace(path, with: key, mode: 0o600, durable: true)
    }
    let half = try Tool.openssl.run(["pkey", "-in", path, "-pubout"])
    try Files.replace(publicPath, with: half, mode: 0o644, durable: true)
  }
}
