import OCISpec
import PodModel
import Testing

@Suite("Secrets hold credentials for registries")
struct RegistryCredentialTests {
  private func secret(_ key: String, _ json: String) -> Secret {
    Secret().with {
      $0.metadata.name = "s"
      $0.data = [key: Base64(Array(json.utf8))]
    }
  }

  private func auth(_ image: String, _ secrets: [Secret]) throws -> String? {
    let file = try RegistryCredentials(secrets).authFile(for: ImageReference(image))
    guard let file else { return nil }
    let read = try JSON.decode([String: [String: [String: String]]].self, from: file)
    return try read["auths"]?[ImageReference(image).domain]?["auth"]
  }

  @Test(
    "The longest key that fits an image is the one for it",
    arguments: [
      ("busybox", "hub"), ("docker.io/team/a", "hub"), ("quay.io/a/b", "quay"),
      ("quay.io/team/b:1", "team"), ("quay.io/team/deep/b", "team"), ("eu.example.org/a", "star"),
      ("example.org/a", nil), ("a.b.example.org/a", nil), ("localhost:5000/a", "port"),
      ("localhost:5001/a", nil), ("v2.example.com/a", "v2"),
    ] as [(String, String?)])
  func longest(image: String, expected: String?) throws {
    let file = secret(
      ".dockerconfigjson",
      """
      {"auths": {"https://index.docker.io/v1/": {"auth": "hub"}, "quay.io": {"auth": "quay"},
       "quay.io/team/": {"auth": "team"}, "*.example.org": {"auth": "star"},
       "localhost:5000": {"auth": "port"}, "http://v2.example.com/v2/": {"auth": "v2"}}}
      """)
    #expect(try auth(image, [file]) == expected)
  }

  @Test("The old form is read too, a name and a password beside it, and the first of two wins")
  func forms() throws {
    let old = secret(
      ".dockercfg", #"{"quay.io": {"username": "me", "password": "pw", "email": "x"}}"#)
    let new = secret(".dockerconfigjson", #"{"auths": {"quay.io": {"auth": "new"}}}"#)
    #expect(try auth("quay.io/a", [old, new]) == Base64(Array("me:pw".utf8)).text)
    #expect(try auth("quay.io/a", [new, old]) == "new")
    #expect(try auth("quay.io/a", [secret("password", "x")]) == nil)
  }

  @Test("A Secret that cannot be read is named")
  func malformed() {
    #expect {
      try RegistryCredentials([secret(".dockerconfigjson", "{")])
    } throws: { "\($0)".hasPrefix("secret \"s\": ") }
  }
}
