/// What the token of a service account says, in the words of Kubernetes' bound tokens
/// (`pkg/serviceaccount/claims.go`): who runs where, for whom, from when to when.
public struct TokenClaims: Codable, Equatable, Sendable {
  /// Whom it is for.
  public var aud: [String]
  /// Seconds since 1970, as are `iat` and `nbf`.
  public var exp: Int64
  public var iat: Int64
  public var iss: String
  /// No other token has it.
  public var jti: String
  public var nbf: Int64
  public var sub: String
  public var kubernetes: Binding

  enum CodingKeys: String, CodingKey {
    case aud, exp, iat, iss, jti, nbf, sub
    case kubernetes = "kubernetes.io"
  }

  /// What the token is bound to.
  public struct Binding: Codable, Equatable, Sendable {
    public var namespace: String
    public var node: Reference
    public var pod: Reference
    public var serviceaccount: Reference
  }

  /// An object by its name; one that nobody stored has no uid.
  public struct Reference: Codable, Equatable, Sendable {
    public var name: String
    public var uid: String?
  }

  /// The one that signs: nobody has to be able to reach it.
  public static let issuer = "https://podshim.local"

  /// After this moment, in seconds since 1970, there should be another one: when four fifths of its
  /// time are over, or a day (kubelet `token_manager.go`).
  public var renewal: Int64 { min(exp - (exp - iat) / 5, iat + 86400) }

  /// Whether this is what `plan` asks for with `request`, and will be for a while.
  public func answers(_ request: TokenRequest, of plan: Plan, at now: Duration) -> Bool {
    let seconds = now.components.seconds
    return aud == [request.audience ?? Self.issuer] && exp - iat == request.lifetime
      && kubernetes.pod.uid == plan.pod.metadata.uid && iat <= seconds && seconds < renewal
  }
}

extension TokenRequest {
  /// In seconds; the API server lets none through that is shorter than ten minutes.
  fileprivate var lifetime: Int64 { max(Int64(expirationSeconds), 600) }
}

extension Plan {
  /// - Parameters:
  ///   - id: what no other token has.
  ///   - accountUID: that of the service account's object, where there is one.
  ///   - now: time since 1970.
  public func claims(
    for request: TokenRequest, id: String, accountUID: String?, at now: Duration
  ) -> TokenClaims {
    let account = pod.spec.serviceAccountName ?? "default"
    let start = now.components.seconds
    return TokenClaims(
      aud: [request.audience ?? TokenClaims.issuer], exp: start + request.lifetime, iat: start,
      iss: TokenClaims.issuer, jti: id, nbf: start,
      sub: "system:serviceaccount:\(namespace):\(account)",
      kubernetes: TokenClaims.Binding(
        namespace: namespace, node: .init(name: host.nodeName),
        pod: .init(name: pod.metadata.name, uid: pod.metadata.uid),
        serviceaccount: .init(name: account, uid: accountUID)))
  }
}
