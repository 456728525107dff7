import Testing

@testable import PodModel

@Suite("A file of variables")
struct EnvironmentFileTests {
  @Test(
    "gives the value of a key",
    arguments: [
      ("A='b'", "b"), ("A=b", "b"), ("A='two words'  # of mine", "two words"), ("A=b # why", "b"),
      ("\n  \t\n# A='no'\n  A='yes'\n", "yes"),
      ("A='one\n  two\n\n# three'\nB='x'", "one\n  two\n\n# three"),
      ("A='$(B) \\n \"'", "$(B) \\n \""), ("A='first'\nA='second'", "first"), ("A=''", ""),
      ("A= 'gone'", ""), ("A=", ""), ("A='x'\r\nB='y'\r\n", "x"), ("B='1'\nA='a=b'", "a=b"),
      ("A='late'\nno sense", "late"), ("A=é", "é"),
    ])
  func values(_ text: String, _ value: String) throws {
    #expect(try EnvironmentFile.value(of: "A", in: Array(text.utf8)) == value)
  }

  @Test("has no other key", arguments: ["", "AA='b'", "# A='b'", "B='A=c'", "a='b'"])
  func nothing(_ text: String) throws {
    #expect(try EnvironmentFile.value(of: "A", in: Array(text.utf8)) == nil)
  }

  @Test(
    "that cannot be read says where",
    arguments: [
      ("B='x'\n\nA", "line 3: missing '='"), ("='x'", "line 1: empty variable name"),
      ("A ='x'", "line 1: whitespace before '=' is not allowed"),
      ("B='x\ny", "line 1: unclosed single quote"),
      ("B='x\ny' z", "line 2: unexpected content after closing quote"),
      ("A=b c", "line 1: value with blanks must be enclosed in single quotes"),
      ("A=\"b\"", "line 1: value must be enclosed in single quotes"),
      ("A=it's", "line 1: value must be enclosed in single quotes"),
      (
        "A='" + String(repeating: "x", count: 32_769) + "'",
        "line 1: value is longer than 32768 bytes"
      ),
    ])
  func problems(_ text: String, _ message: String) throws {
    let error = #expect(throws: EnvironmentFile.Problem.self) {
      try EnvironmentFile.value(of: "A", in: Array(text.utf8))
    }
    #expect(error?.description == "invalid environment variable format at \(message)")
  }

  @Test("is text, and its keys are no stories")
  func limits() {
    #expect(throws: EnvironmentFile.Problem.self) { try EnvironmentFile.value(of: "A", in: [0xc0]) }
    let long = String(repeating: "k", count: 129)
    #expect(throws: EnvironmentFile.Problem.self) {
      try EnvironmentFile.value(of: long, in: Array("\(long)='x'".utf8))
    }
  }
}
