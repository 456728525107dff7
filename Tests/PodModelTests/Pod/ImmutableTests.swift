import Testing

@testable import PodModel

/// What may not change in a ConfigMap or a Secret once somebody has said so.
@Suite struct ImmutableTests {
  static let map = ConfigMap().with {
    $0.metadata.name = "a"
    $0.data["k"] = "v"
    $0.immutable = true
  }

  static let secret = Secret().with {
    $0.metadata.name = "a"
    $0.data["k"] = Base64(Array("v".utf8))
    $0.immutable = true
  }

  static func errors(_ new: ConfigMap, after old: ConfigMap = map) -> [String] {
    HostileManifestTests.errors { new.checkUpdate(of: old, at: $0, into: &$1) }
  }

  static func errors(_ new: Secret, after old: Secret = secret) -> [String] {
    HostileManifestTests.errors { new.checkUpdate(of: old, at: $0, into: &$1) }
  }

  static let never = "Forbidden: field is immutable when `immutable` is set"

  @Test func `the same again is no change, and labels are free`() {
    #expect(Self.errors(Self.map.with { $0.metadata.labels["a"] = "b" }).isEmpty)
    let text = Self.secret.with {
      $0.data = [:]
      $0.stringData["k"] = "v"
      $0.type = "Opaque"
    }
    #expect(Self.errors(text).isEmpty)
  }

  @Test func `what is immutable stays so, with all that it holds`() {
    #expect(Self.errors(Self.map.with { $0.immutable = nil }) == ["immutable: \(Self.never)"])
    #expect(Self.errors(Self.map.with { $0.data["k"] = "w" }) == ["data: \(Self.never)"])
    let bytes = Self.map.with { $0.binaryData["b"] = Base64([1]) }
    #expect(Self.errors(bytes) == ["binaryData: \(Self.never)"])
    #expect(Self.errors(Self.secret.with { $0.data = [:] }) == ["data: \(Self.never)"])
    #expect(
      Self.errors(Self.secret.with { $0.immutable = false }) == ["immutable: \(Self.never)"])
  }

  @Test func `others may change, but no secret its type`() {
    let open = Self.map.with { $0.immutable = false }
    #expect(Self.errors(open.with { $0.data = [:] }, after: open).isEmpty)
    let secret = Self.secret.with { $0.immutable = nil }
    #expect(
      Self.errors(secret.with { $0.type = "kubernetes.io/tls" }, after: secret)
        == ["type: Invalid value: \"kubernetes.io/tls\": field is immutable"])
  }
}
