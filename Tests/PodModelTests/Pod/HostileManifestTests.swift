import Testing

@testable import PodModel

/// Manifests that were written to do harm: too much, too deep, out of the folder.
@Suite struct HostileManifestTests {
  static func pod(_ container: String, volumes: String = "") -> String {
    """
    apiVersion: v1
    kind: Pod
    metadata: {name: web}
    spec:
      containers:
      - name: web
        image: nginx
    \(container)
    \(volumes)
    """
  }

  static func errors(_ object: (FieldPath, inout Review) -> Void) -> [String] {
    var review = Review()
    object(FieldPath(), &review)
    return review.errors.map(\.description)
  }

  /// With a check that looks at every pair this would take minutes.
  @Test func `ten thousand variables are read, and their mistakes are named up to a bound`() {
    let good = (0..<10_000).map { "    - {name: V\($0), value: x}\n" }.joined()
    let manifest = Manifest.read(text: Self.pod("    env:\n" + good), file: "f")
    #expect(manifest.errors.isEmpty && manifest.warnings.isEmpty)
    let twins = (0..<10_000).map { _ in "    - {name: V, value: x}\n" }.joined()
    let same = Manifest.read(text: Self.pod("    env:\n" + twins), file: "f")
    #expect(same.errors.isEmpty && same.warnings.count == 500)
    let bad = (0..<10_000).map { "    - {name: V=\($0)}\n" }.joined()
    #expect(Manifest.read(text: Self.pod("    env:\n" + bad), file: "f").errors.count == 500)
  }

  @Test func `ten thousand mounts that nest are one volume`() {
    let mounts = (0..<10_000).map { "    - {name: data, mountPath: /d/\($0)/e}\n" }.joined()
    let text = Self.pod("    volumeMounts:\n" + mounts, volumes: "  volumes: [{name: data}]")
    #expect(Manifest.read(text: text, file: "f").errors.isEmpty)
  }

  @Test func `a secret of two megabytes is refused before anything is written`() {
    let half = [UInt8](repeating: 0x61, count: 1 << 20)
    let secret = Secret().with {
      $0.metadata.name = "big"
      $0.data = ["a": Base64(half), "b": Base64(half)]
    }
    #expect(
      Self.errors { secret.check(at: $0, into: &$1) }
        == ["data: Too long: may not be more than 1048576 bytes"])
    let fits = secret.with { $0.data["b"] = nil }
    #expect(Self.errors { fits.check(at: $0, into: &$1) }.isEmpty)
    // What `stringData` says instead does not count twice.
    let replaced = fits.with { $0.stringData["a"] = "short" }
    #expect(Self.errors { replaced.check(at: $0, into: &$1) }.isEmpty)
    let texts = fits.with { $0.stringData["b"] = "one byte too many" }
    #expect(Self.errors { texts.check(at: $0, into: &$1) }.count == 1)
  }

  @Test func `a config map is as large as a secret, texts and bytes together`() {
    var map = ConfigMap().with {
      $0.metadata.name = "big"
      $0.data["a"] = String(repeating: "ä", count: 1 << 18)
      $0.binaryData["b"] = Base64([UInt8](repeating: 0, count: 1 << 19))
    }
    #expect(Self.errors { map.check(at: $0, into: &$1) }.isEmpty)
    map.data["c"] = "x"
    #expect(
      Self.errors { map.check(at: $0, into: &$1) }
        == ["data: Too long: may not be more than 1048576 bytes"])
  }

  @Test func `large base64 is read at once`() throws {
    let bytes = (0..<(2 << 20)).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    #expect(try Base64.decoding(Base64(bytes).text).get().bytes == bytes)
  }

  @Test func `annotations are bounded all together`() {
    var meta = ObjectMeta().with { $0.name = "web" }
    meta.annotations["a"] = String(repeating: "x", count: 262_143)
    #expect(Self.errors { meta.check(at: $0, into: &$1) }.isEmpty)
    meta.annotations["b"] = ""
    #expect(
      Self.errors { meta.check(at: $0, into: &$1) }
        == ["annotations: Too long: may not be more than 262144 bytes"])
  }

  /// A name is shown in lists and logs; it must not draw there.
  @Test func `what a terminal would act upon is written out`() {
    #expect("a\u{1b}[2J\u{202e}\u{85}\u{2028}".quoted == #""a\x1b[2J\u202e\u0085\u2028""#)
    #expect("\"\\\n\r\t\u{7f}\u{e0041}".quoted == #""\"\\\n\r\t\x7f\U000e0041""#)
    #expect("größer 日本 🙂".quoted == "\"größer 日本 🙂\"")
    #expect(FieldPath("data").key("a\nb\u{1b}").description == #"data[a\nb\x1b]"#)
  }
}
