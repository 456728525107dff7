import OCISpec
import Testing

/// The types against the schema that the OCI publishes.
@Suite struct SchemaTests {
  /// Properties of the schema that mean something on Windows alone.
  private static let forWindows: Set = ["process.commandLine", "process.user.username"]

  /// Properties that the schema lacks and the specification has.
  private static let beyondSchema: [String: Set<String>] = [
    // Replaced by enableMonitoring in 1.3.0.
    "config-schema": ["linux.intelRdt.enableCMT", "linux.intelRdt.enableMBM"],
    // In features-linux.md and the Go types of 1.3.0, forgotten in its schema.
    "features-schema": [
      "linux.intelRdt.schemata", "linux.intelRdt.monitoring", "linux.memoryPolicy",
      "linux.memoryPolicy.modes", "linux.memoryPolicy.flags",
    ],
  ]

  @Test(arguments: ["config-schema", "state-schema", "features-schema"])
  func `the types have the properties of the schema, no more and no less`(
    schema: String
  ) throws {
    let shape = try Shape(schema: schema)
    var written: Set<String> = []
    for example in Example.all where example.schema == schema {
      let text = try JSON.compact(try example.decode(try example.text()))
      written.formUnion(shape.paths(of: try JSON.decode(JSONTree.self, from: text)))
    }
    let known = shape.paths().subtracting(Self.forWindows)
    #expect(known.subtracting(written).sorted() == [], "the types or the examples lack these")
    #expect(
      written.subtracting(known) == Self.beyondSchema[schema, default: []],
      "the schema lacks these")
  }

  @Test func `the schema is read to its leaves`() throws {
    let config = try Shape(schema: "config-schema").paths()
    #expect(config.count > 180)
    #expect(config.contains("linux.resources.blockIO.weightDevice[].leafWeight"))
    #expect(config.contains("linux.resources.blockIO.weightDevice[].major"))
    #expect(config.contains("linux.resources.rdma.*.hcaObjects"))
    #expect(config.contains("linux.namespaces[].path"))
    #expect(config.contains("hooks.poststop[].timeout"))
  }

  @Test(arguments: Example.withSchema)
  func `a property may be left out if the schema says so, and else its lack is named`(
    example: Example
  ) throws {
    // 1.3.0 says that the limit is optional; its schema was not changed.
    let optionalAfterAll = "linux.resources.pids.limit"
    let shape = try Shape(schema: try #require(example.schema))
    let copies = shape.copiesLackingOne(of: try example.tree())
    #expect(!copies.isEmpty)
    for copy in copies {
      let text = try JSON.compact(copy.tree)
      if copy.isRequired, copy.path != optionalAfterAll {
        let error = #expect(throws: JSONError.self, "\(copy.path)") { try example.decode(text) }
        #expect(error?.reason == "is missing")
        #expect(general(error?.path ?? "") == copy.path)
      } else {
        #expect(throws: Never.self, "\(copy.path)") { try example.decode(text) }
      }
    }
  }

  /// `a[3].b` as the schema names it: `a[].b`.
  private func general(_ path: String) -> String {
    path.split(separator: "[", omittingEmptySubsequences: false).enumerated()
      .map { $0 == 0 ? String($1) : String($1.drop { $0 != "]" }) }
      .joined(separator: "[")
  }
}
