import PodModel
import Testing

@Suite("Image references read as Docker reads them")
struct ImageReferenceTests {
  static let digest = "sha256:" + String(repeating: "0a", count: 32)

  @Test(
    "A short name is spelled out in full",
    arguments: [
      ("nginx", "docker.io/library/nginx:latest"),
      ("nginx:1.25", "docker.io/library/nginx:1.25"),
      ("a/b", "docker.io/a/b:latest"),
      ("a/b/c:d", "docker.io/a/b/c:d"),
      ("docker.io/nginx", "docker.io/library/nginx:latest"),
      ("index.docker.io/nginx", "docker.io/library/nginx:latest"),
      ("index.docker.io/a/b", "docker.io/a/b:latest"),
      ("host:5000", "docker.io/library/host:5000"),
      ("host:5000/x", "host:5000/x:latest"),
      ("host:5000/x:y", "host:5000/x:y"),
      ("localhost/x", "localhost/x:latest"),
      ("localhost:5000/x/y", "localhost:5000/x/y:latest"),
      ("registry.k8s.io/pause:3.9", "registry.k8s.io/pause:3.9"),
      ("quay.io/a-b/c__d/e.f_g--h", "quay.io/a-b/c__d/e.f_g--h:latest"),
      ("HOST/x", "HOST/x:latest"),
      ("[::1]:5000/x", "[::1]:5000/x:latest"),
      ("[fe80::1]/x", "[fe80::1]/x:latest"),
      ("nginx:Tag_1.0-RC", "docker.io/library/nginx:Tag_1.0-RC"),
      ("nginx@\(digest)", "docker.io/library/nginx@\(digest)"),
      ("host:5000/x:y@\(digest)", "host:5000/x:y@\(digest)"),
    ])
  func normalises(_ short: String, _ full: String) throws {
    let reference = try ImageReference(short)
    #expect(reference.description == full)
    #expect(try ImageReference(full) == reference)
  }

  @Test("The parts of a full name are told apart")
  func parts() throws {
    let reference = try ImageReference("localhost:5000/a/b:c@\(Self.digest)")
    #expect(reference.domain == "localhost:5000")
    #expect(reference.path == "a/b")
    #expect(reference.repository == "localhost:5000/a/b")
    #expect(reference.tag == "c")
    #expect(reference.digest == Self.digest)
    #expect(try ImageReference("nginx@\(Self.digest)").tag == nil)
  }

  @Test(
    "A name that breaks the grammar is refused with the rule",
    arguments: [
      ("", "the name is empty"),
      ("Nginx", "must be lowercase"),
      ("docker.io/Nginx", "must be lowercase"),
      (String(repeating: "ab", count: 32), "image ID"),
      ("nginx:", "tag ``"),
      ("nginx:.x", "must not begin with"),
      ("nginx:a b", "tag `a b`"),
      ("nginx:" + String(repeating: "x", count: 129), "1 to 128"),
      ("nginx@sha256:abc", "64 lower-case"),
      ("nginx@" + digest.uppercased(), "64 lower-case"),
      ("nginx@", "digest ``"),
      ("@\(digest)", "the name is empty"),
      (":tag", "the name is empty"),
      (" nginx", "` nginx` must be"),
      ("a//b", "empty component"),
      ("/a", "empty component"),
      ("a/", "empty component"),
      ("a/../b", "`..` must be"),
      ("a___b", "`a___b` must be"),
      ("a._b", "`a._b` must be"),
      ("-a", "`-a` must be"),
      ("a-", "`a-` must be"),
      ("nginx\u{e9}", "must be lower-case letters"),
      ("https://host.io/x", "registry `https:`"),
      ("-host.io/x", "registry `-host.io`"),
      ("host..io/x", "registry `host..io`"),
      ("[::1/x", "registry `[::1`"),
      ("[]/x", "must be lower-case letters"),
      ("host:/x", "registry `host:`"),
      ("host:port/x", "registry `host:port`"),
      ("a/" + String(repeating: "x", count: 254), "255 characters"),
    ])
  func refuses(_ text: String, _ rule: String) {
    let error = #expect(throws: InvalidImageName.self) { try ImageReference(text) }
    #expect(error?.rule.contains(rule) == true, "\(error.map(String.init(describing:)) ?? "none")")
    #expect(error?.description.hasPrefix("couldn't parse image name `\(text)`: ") == true)
  }
}
