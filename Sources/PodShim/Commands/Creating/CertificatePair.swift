import PodModel

/// The content of a secret for TLS: a certificate and the key that belongs to it.
enum CertificatePair {
  static let certificate = Flag(
    "cert", nil, .text("FILE"), "Of a tls secret: the certificate, as PEM")
  static let key = Flag("key", nil, .text("FILE"), "… and its private key, as PEM")

  static let flags = [certificate, key]

  static func read(_ invocation: Invocation) throws -> [String: Base64] {
    guard let certificate = invocation.text(certificate), let key = invocation.text(key),
      !certificate.isEmpty, !key.isEmpty
    else { throw CommandError("key and cert must be specified") }
    let pair = (
      certificate: try KeyedSources.bytes(of: certificate), key: try KeyedSources.bytes(of: key)
    )
    guard
      let certified = try half(["x509", "-noout", "-pubkey"], of: pair.certificate)
    else { throw CommandError("tls: failed to find any PEM data in certificate input") }
    guard let held = try half(["pkey", "-pubout"], of: pair.key) else {
      throw CommandError("tls: failed to find any PEM data in key input")
    }
    guard certified == held else {
      throw CommandError("tls: private key does not match public key")
    }
    return ["tls.crt": Base64(pair.certificate), "tls.key": Base64(pair.key)]
  }

  /// The public key that `openssl` finds there; nil when there is none.
  private static func half(_ arguments: [String], of bytes: [UInt8]) throws -> [UInt8]? {
    let result = try Tool.openssl.program(arguments, descriptors: [-1, -1, -1]).run(input: bytes)
    return result.succeeded ? result.output : nil
  }
}
