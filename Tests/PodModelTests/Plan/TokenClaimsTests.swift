import Testing

@testable import PodModel

@Suite("The claims of a token")
struct TokenClaimsTests {
  private static func claims(
    _ request: TokenRequest = TokenRequest(audience: nil, expirationSeconds: 3600),
    at now: Int64 = 1000
  ) throws -> TokenClaims {
    try PlannedPod.plan(metadata: "{name: demo, namespace: shop}").claims(
      for: request, id: "one", accountUID: "a-1", at: .seconds(now))
  }

  @Test("say who runs where, for whom and for how long")
  func content() throws {
    let claims = try Self.claims()
    #expect(claims.aud == [TokenClaims.issuer])
    #expect(claims.iat == 1000 && claims.nbf == 1000 && claims.exp == 4600)
    #expect(claims.sub == "system:serviceaccount:shop:default")
    #expect(claims.kubernetes.pod.name == "demo")
    #expect(claims.kubernetes.pod.uid == "6c2f0d0e-8a57-4b1e-9a4d-0f5f3c1e7a21")
    #expect(claims.kubernetes.node.name == "node-1")
    #expect(claims.kubernetes.serviceaccount == .init(name: "default", uid: "a-1"))
  }

  @Test(
    "are renewed after four fifths of their time, or a day",
    arguments: [(3600, 3880), (600, 1480), (1, 1480), (604_800, 87_400)])
  func renewal(_ seconds: Int, _ moment: Int64) throws {
    let request = TokenRequest(audience: "vault", expirationSeconds: seconds)
    let claims = try Self.claims(request)
    #expect(claims.renewal == moment)
    let plan = try PlannedPod.plan()
    #expect(claims.answers(request, of: plan, at: .seconds(1000)))
    #expect(claims.answers(request, of: plan, at: .seconds(moment - 1)))
    #expect(!claims.answers(request, of: plan, at: .seconds(moment)))
    #expect(!claims.answers(request, of: plan, at: .seconds(999)), "the clock was set back")
  }

  @Test("are no answer to another request, nor for another pod")
  func others() throws {
    let request = TokenRequest(audience: "vault", expirationSeconds: 3600)
    let claims = try Self.claims(request)
    var plan = try PlannedPod.plan()
    for other in [
      TokenRequest(audience: nil, expirationSeconds: 3600),
      TokenRequest(audience: "vault", expirationSeconds: 3601),
    ] {
      #expect(!claims.answers(other, of: plan, at: .seconds(1000)))
    }
    plan.pod.metadata.uid = "another"
    #expect(!claims.answers(request, of: plan, at: .seconds(1000)))
  }

  @Test("can be read back from a token, and from nothing else")
  func text() throws {
    let claims = try Self.claims()
    let unsigned = try WebToken.unsigned(claims, keyID: "k")
    let token = WebToken.signed(unsigned, signature: [0xfb, 0xff])
    #expect(token.hasSuffix("._-8") || token.hasSuffix(".-_8"))
    #expect(WebToken.claims(of: Array(token.utf8)) == claims)
    for text in ["", "a.b.c", unsigned, token + ".x", "x.e30.y"] {
      #expect(WebToken.claims(of: Array(text.utf8)) == nil, "\(text)")
    }
  }

  @Test("are base64 as URLs have it", arguments: ["", "f", "fo", "foo", "foob", "\u{fb}\u{ff}~?"])
  func base64(_ text: String) {
    let data = Base64(Array(text.utf8))
    #expect(!data.urlText.contains { "+/=".contains($0) })
    #expect(Base64(urlText: data.urlText) == data)
  }
}
