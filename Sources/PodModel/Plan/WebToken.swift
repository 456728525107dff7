public import OCISpec

/// A JSON Web Token (RFC 7519), signed with RSA and SHA-256.
public enum WebToken {
  private struct Header: Codable {
    var alg = "RS256"
    /// Names the key.
    var kid: String
  }

  /// What is to be signed.
  public static func unsigned(
    _ claims: TokenClaims, keyID: String
  ) throws(JSONError) -> String {
    let header = Base64(try JSON.compact(Header(kid: keyID))).urlText
    return "\(header).\(Base64(try JSON.compact(claims)).urlText)"
  }

  public static func signed(_ unsigned: String, signature: [UInt8]) -> String {
    "\(unsigned).\(Base64(signature).urlText)"
  }

  /// What a token says, not whether it is true; nil for what is no token.
  public static func claims(of token: [UInt8]) -> TokenClaims? {
    let parts = token.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count == 3, let body = Base64(urlText: String(decoding: parts[1], as: UTF8.self))
    else { return nil }
    return try? JSON.decode(TokenClaims.self, from: body.bytes)
  }
}
