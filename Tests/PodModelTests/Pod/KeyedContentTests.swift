import PodModel
import Testing

/// What is gathered for a ConfigMap or a Secret on a command line. Results and messages are those
/// of kubectl 1.32.
@Suite struct KeyedContentTests {
  private static func content(
    of file: String, for owner: KeyedContent.Owner = .secret
  ) throws -> [String: String] {
    var content = KeyedContent(for: owner)
    try content.add(environmentFile: Array(file.utf8), name: "env") { name in
      name == "HOME" ? "/root" : nil
    }
    return content.values.mapValues { String(decoding: $0, as: UTF8.self) }
  }

  @Test func `a file of variables is read as kubectl does it`() throws {
    let file = "\u{feff}B=two\r\nA=1 \n# c\nE=a=b\n  F=x\n\nHOME\nNOPE\nG="
    #expect(
      try Self.content(of: file)
        == ["A": "1 ", "B": "two", "E": "a=b", "F": "x", "HOME": "/root", "NOPE": "", "G": ""])
  }

  private static let variableName =
    "a valid environment variable name must consist of alphabetic characters, digits, '_', '-', "
    + "or '.', and must not start with a digit (e.g. 'my.env-name',  or 'MY_ENV.NAME',  or "
    + "'MyEnvName1', regex used for validation is '[-._a-zA-Z][-._a-zA-Z0-9]*')"

  @Test(arguments: [
    ("a b=1", "\"a b\" is not a valid key name: \(variableName)"),
    ("=1", "\"\" is not a valid key name: \(variableName)"),
    ("1a=1", "\"1a\" is not a valid key name: \(variableName)"),
    ("\u{e9}=1", "\"\u{e9}\" is not a valid key name: \(variableName)"),
    ("A=1\nA=2", "cannot add key A, another key by that name already exists"),
  ])
  func `a line that is none is refused`(file: String, message: String) {
    #expect(throws: KeyedContent.Problem(message)) { _ = try Self.content(of: file) }
  }

  @Test func `bytes that are no text are named with their line`() {
    var content = KeyedContent(for: .secret)
    #expect(
      throws: KeyedContent.Problem("env file env contains invalid utf8 bytes at line 2: [255 61]")
    ) {
      try content.add(environmentFile: [65, 10, 255, 61], name: "env") { _ in nil }
    }
  }

  private static let key =
    "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. "
    + "'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')"

  @Test(arguments: [
    (KeyedContent.Owner.secret, "k", "invalid literal source k, expected key=value"),
    (.secret, "=v", "invalid literal source =v, expected key=value"),
    (.secret, "b d=v", "\"b d\" is not valid key name for a Secret \(key)"),
    (.secret, "..a=v", "\"..a\" is not valid key name for a Secret must not start with '..'"),
    (
      .configMap(name: "m"), "b d=v",
      "\"b d\" is not a valid key name for a ConfigMap: \(key)"
    ),
    (
      .configMap(name: "m"), "first=v",
      "cannot add key \"first\", another key by that name already exists in Data for ConfigMap "
        + "\"m\""
    ),
  ])
  func `a literal that is none, or is there already, is refused`(
    owner: KeyedContent.Owner, literal: String, message: String
  ) throws {
    var content = KeyedContent(for: owner)
    try content.add(literal: "first=a=b")
    #expect(content.values == ["first": Array("a=b".utf8)])
    #expect(throws: KeyedContent.Problem(message)) { try content.add(literal: literal) }
  }

  @Test func `a file may be given another key`() throws {
    #expect(try KeyedContent.fileSource("dir/file").path == "dir/file")
    #expect(try KeyedContent.fileSource("key=dir/file") == ("key", "dir/file"))
    for (text, message) in [
      ("a=b=c", "key names or file paths cannot contain '='"),
      ("key=", "file path for key name key missing"),
      ("=file", "key name for file path file missing"),
    ] {
      #expect(throws: KeyedContent.Problem(message)) { _ = try KeyedContent.fileSource(text) }
    }
  }

  @Test func `what is no text is kept as bytes`() throws {
    var content = KeyedContent(for: .configMap(name: "m"))
    try content.add(Array("text".utf8), as: "a")
    try content.add([255, 0], as: "b")
    let map = ConfigMap().with { $0.take(content) }
    #expect(map.data == ["a": "text"])
    #expect(map.binaryData == ["b": Base64([255, 0])])
  }
}
