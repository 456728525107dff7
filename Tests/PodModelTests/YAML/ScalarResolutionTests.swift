import PodModel
import Testing

/// Plain scalars mean what they mean to go-yaml v2, and so to kubectl.
@Suite struct ScalarResolutionTests {
  static func read(_ text: String) throws -> Node {
    let yaml = YAMLText("x: " + text)
    #expect(yaml.problems.isEmpty)
    return try #require(yaml.documents.first?["x"])
  }

  @Test(arguments: [
    ("", Scalar.Kind.null), ("~", .null), ("null", .null), ("Null", .null), ("NULL", .null),
    ("nULL", .string),
    ("true", .bool(true)), ("True", .bool(true)), ("TRUE", .bool(true)), ("tRue", .string),
    ("yes", .bool(true)), ("Yes", .bool(true)), ("on", .bool(true)), ("ON", .bool(true)),
    ("y", .bool(true)), ("Y", .bool(true)),
    ("no", .bool(false)), ("off", .bool(false)), ("Off", .bool(false)), ("n", .bool(false)),
    ("FALSE", .bool(false)),
    ("0", .integer(0)), ("6379", .integer(6379)), ("-1", .integer(-1)), ("+7", .integer(7)),
    ("0644", .integer(0o644)), ("0o17", .integer(0o17)), ("0x1F", .integer(31)),
    ("0b101", .integer(5)), ("-0x10", .integer(-16)), ("1_000", .integer(1000)),
    ("08", .float(8)), ("0x", .string), ("1e3", .float(1000)), ("1.5", .float(1.5)),
    (".5", .float(0.5)), ("5.", .float(5)), ("-.5e-1", .float(-0.05)), ("1e", .string),
    (".inf", .float(.infinity)), ("-.Inf", .float(-.infinity)), ("inf", .string),
    (".", .string), ("-x", .string), ("1.2.3", .string), ("+", .string), ("0x-1", .string),
    ("12:30:45", .string), ("2001-12-14", .string), ("2001-12-14T21:59:43Z", .string),
    ("10.0.0.1", .string), ("1Gi", .string), ("500m", .string), ("_1", .string),
    ("9223372036854775807", .integer(.max)), ("9223372036854775808", .float(9223372036854775808)),
    ("'yes'", .string), ("\"6379\"", .string), ("''", .string), ("'~'", .string),
    ("!!str 6379", .string), ("!!int 6379", .integer(6379)), ("!!float 1", .float(1)),
    ("! 12", .string),
  ])
  func `a scalar resolves as kubectl resolves it`(text: String, kind: Scalar.Kind) throws {
    guard case .scalar(let scalar) = try Self.read(text).content else {
      Issue.record("no scalar")
      return
    }
    #expect(scalar.kind == kind)
  }

  @Test func `a number that is none is a number all the same`() throws {
    guard case .scalar(let scalar) = try Self.read(".nan").content,
      case .float(let value) = scalar.kind
    else {
      Issue.record("no number")
      return
    }
    #expect(value.isNaN)
  }

  @Test func `the text of a scalar is kept beside its meaning`() throws {
    let node = try Self.read("0x1F")
    guard case .scalar(let scalar) = node.content else {
      Issue.record("no scalar")
      return
    }
    #expect(scalar.text == "0x1F")
    #expect(node == .integer(31))
  }

  @Test func `binary text is decoded`() throws {
    #expect(try Self.read("!!binary aGVsbG8=") == .string("hello"))
  }

  @Test(arguments: ["!!int x", "!!bool 5", "!!binary '*'", "!mine x", "!!null 0"])
  func `a scalar that is not what its tag says is refused`(text: String) {
    #expect(YAMLText("x: " + text).problems.count == 1)
  }
}
