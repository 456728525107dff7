import FoundationEssentials
import PodModel
import Testing

/// Whatever can be read can be written and read again, right or wrong.
@Suite struct RoundTripTests {
  static let manifests = ["refused", "defaults", "pods"].flatMap { Golden.fixtures($0) }
    .map { $0 + "/pod.yaml" }

  static func decode<Known: KubeObject>(_ type: Known.Type, _ node: Node) throws -> Known {
    var review = Review()
    return try #require(type.decode(node, at: FieldPath(), into: &review))
  }

  static func check<Known: KubeObject>(_ type: Known.Type, _ node: Node) throws {
    let object = try decode(type, node)
    for text in [object.node.yamlText(), object.node.jsonText()] {
      let again = YAMLText(text)
      #expect(again.problems.isEmpty, "\(text)")
      #expect(try decode(type, #require(again.documents.first)) == object, "\(text)")
    }
  }

  @Test(arguments: manifests) func `a manifest survives being written`(_ path: String) throws {
    let bytes = try Data(contentsOf: URL(filePath: path))
    for document in YAMLText(Array(bytes)).documents {
      switch document["kind"] {
      case Node.string("ConfigMap"): try Self.check(ConfigMap.self, document)
      case Node.string("Secret"): try Self.check(Secret.self, document)
      case Node.string("PodPreset"): try Self.check(PodPreset.self, document)
      default: try Self.check(Pod.self, document)
      }
      #expect(YAMLText(document.yamlText(sortedKeys: false)).documents == [document])
    }
  }
}
