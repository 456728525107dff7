import OCISpec
import Testing

/// Every document comes back as it was read, and the documents say everything.
@Suite struct ExampleTests {
  @Test(arguments: Example.all)
  func `a document that is read and written again is the same, byte for byte`(
    example: Example
  ) throws {
    let text = try example.text()
    let written = try JSON.pretty(try example.decode(text))
    #expect(String(decoding: written, as: UTF8.self) == String(decoding: text, as: UTF8.self))
  }

  @Test(arguments: Example.all)
  func `the compact form says the same as the pretty one`(example: Example) throws {
    let value = try example.decode(try example.text())
    let compact = try JSON.compact(value)
    #expect(!compact.contains(UInt8(ascii: "\n")))
    #expect(try JSON.decode(JSONTree.self, from: compact) == example.tree())
  }

  @Test func `no property of any type is nil in all examples`() throws {
    var said: Set<String> = []
    var all: Set<String> = []
    for example in Example.all {
      survey(try example.decode(try example.text()), all: &all, said: &said)
    }
    #expect(all.subtracting(said).sorted() == [])
    #expect(all.count > 200, "the survey has met \(all.count) properties only")
  }

  private func survey(_ value: Any, all: inout Set<String>, said: inout Set<String>) {
    for child in Mirror(reflecting: value).children {
      let isNil =
        Mirror(reflecting: child.value).displayStyle == .optional
        && Mirror(reflecting: child.value).children.isEmpty
      if value is any SpecObject, let label = child.label {
        let property = "\(type(of: value)).\(label)"
        all.insert(property)
        if !isNil { said.insert(property) }
      }
      survey(child.value, all: &all, said: &said)
    }
  }
}
