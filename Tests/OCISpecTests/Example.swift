import FoundationEssentials
import OCISpec
import Testing

/// A document under `fixtures/oci` and the type that reads it.
///
/// Together the examples say every property of every type: tests hold them to that.
struct Example: CustomTestStringConvertible {
  let name: String
  /// The schema that the document follows; nil where none is kept here.
  let schema: String?
  private let read: @Sendable ([UInt8]) throws -> any SpecObject

  private init<Object: SpecObject>(
    _ name: String, _ type: Object.Type, schema: String? = nil
  ) {
    self.name = name
    self.schema = schema
    read = { try JSON.decode(type, from: $0) }
  }

  static let all: [Example] = [
    Example("spec", Spec.self, schema: "config-schema"),
    Example("process", Spec.self, schema: "config-schema"),
    Example("linux", Spec.self, schema: "config-schema"),
    Example("resources", Spec.self, schema: "config-schema"),
    Example("seccomp", Spec.self, schema: "config-schema"),
    Example("older", Spec.self, schema: "config-schema"),
    Example("state", State.self, schema: "state-schema"),
    Example("features", Features.self, schema: "features-schema"),
    Example("index", ImageIndex.self),
    Example("layout", ImageLayout.self),
    Example("manifest", Manifest.self),
    Example("image", ImageConfig.self),
  ]

  static var withSchema: [Example] { all.filter { $0.schema != nil } }

  var testDescription: String { name }

  func text() throws -> [UInt8] { try Fixture.read("\(name).json") }

  func tree() throws -> JSONTree { try JSON.decode(JSONTree.self, from: text()) }

  func decode(_ text: [UInt8]) throws -> any SpecObject { try read(text) }
}

enum Fixture {
  /// Reads a file under `fixtures/oci`.
  static func read(_ path: String, file: String = #filePath) throws -> [UInt8] {
    let root = file.split(separator: "/").dropLast(3).joined(separator: "/")
    let text = FileManager.default.contents(atPath: "/\(root)/fixtures/oci/\(path)")
    return [UInt8](try #require(text, "`fixtures/oci/\(path)` cannot be read"))
  }
}
