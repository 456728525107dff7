import OCISpec
import Testing

/// JSON text: always the same bytes, and errors that name the place.
@Suite struct JSONTests {
  @Test func `nothing is written that was not said`() throws {
    #expect(try compact(Spec()) == #"{"ociVersion":"1.0.2"}"#)
    #expect(try compact(Process(cwd: "/")) == #"{"cwd":"/"}"#)
    #expect(try compact(Linux.Namespace(type: .pid)) == #"{"type":"pid"}"#)
    let empty: [any SpecObject] = [
      Hooks(), Process.User(), Process.Capabilities(), Process.CPUAffinity(), Linux(),
      Linux.NetDevice(), Linux.TimeOffsets(), Linux.TimeOffset(), Linux.Personality(),
      Linux.IntelRdt(), Linux.MemoryPolicy(), Linux.Resources(), Linux.Resources.Memory(),
      Linux.Resources.CPU(), Linux.Resources.Pids(), Linux.Resources.BlockIO(),
      Linux.Resources.Network(), Linux.Resources.Rdma(), LinuxFeatures(), LinuxFeatures.Switch(),
      LinuxFeatures.Cgroup(), LinuxFeatures.Seccomp(), ImageConfig.Config(), ImageConfig.Empty(),
    ]
    for object in empty { #expect(try compact(object) == "{}", "\(type(of: object))") }
  }

  @Test func `what is empty is not absent`() throws {
    let spec = Spec().with {
      $0.mounts = []
      $0.hostname = ""
      $0.annotations = [:]
    }
    #expect(
      try compact(spec) == #"{"annotations":{},"hostname":"","mounts":[],"ociVersion":"1.0.2"}"#)
    #expect(try JSON.decode(Spec.self, from: JSON.compact(spec)) == spec)
  }

  @Test func `null is absent and an unknown key is skipped`() throws {
    let text = #"{"ociVersion":"1.0.2","hostname":null,"windows":{},"process":null}"#
    #expect(try JSON.decode(Spec.self, from: [UInt8](text.utf8)) == Spec())
  }

  @Test func `the pretty form has two spaces, sorted keys, plain slashes and a last newline`()
    throws
  {
    let value = ["b": [["x/y"], []], "a": [[#"{[,:]}\" \\"#, "\"", "\\"]], "c": []]
    let expected = #"""
      {
        "a": [
          [
            "{[,:]}\\\" \\\\",
            "\"",
            "\\"
          ]
        ],
        "b": [
          [
            "x/y"
          ],
          []
        ],
        "c": []
      }

      """#
    let pretty = try JSON.pretty(value)
    #expect(String(decoding: pretty, as: UTF8.self) == expected)
    #expect(try JSON.decode([String: [[String]]].self, from: pretty) == value)
  }

  @Test(arguments: [
    (#"{"process":{"cwd":"/"}}"#, "`ociVersion` is missing"),
    (#"{"ociVersion":"1","process":{}}"#, "`process.cwd` is missing"),
    (#"{"ociVersion":1}"#, "`ociVersion` must be a string"),
    (#"{"ociVersion":null}"#, "`ociVersion` must be a string"),
    (
      #"{"ociVersion":"1","process":{"cwd":"/","args":"sh"}}"#, "`process.args` must be a list"
    ),
    (
      #"{"ociVersion":"1","process":{"cwd":"/","env":["A=b",3]}}"#,
      "`process.env[1]` must be a string"
    ),
    (
      #"{"ociVersion":"1","process":{"cwd":"/","terminal":1}}"#,
      "`process.terminal` must be true or false"
    ),
    (
      #"{"ociVersion":"1","process":{"cwd":"/","oomScoreAdj":"9"}}"#,
      "`process.oomScoreAdj` must be a whole number"
    ),
    (#"{"ociVersion":"1","linux":[]}"#, "`linux` must be an object"),
    (
      #"{"ociVersion":"1","root":{"path":"r"},"mounts":[{"destination":"/a"},{}]}"#,
      "`mounts[1].destination` is missing"
    ),
    (
      #"{"ociVersion":"1","annotations":{"org.example/x":1}}"#,
      #"`annotations["org.example/x"]` must be a string"#
    ),
    (
      #"{"ociVersion":"1","annotations":{"5":1}}"#, "`annotations.5` must be a string"
    ),
    (#"[]"#, "the JSON text must be an object"),
  ])
  func `a value of the wrong kind is named by its place`(text: String, message: String) {
    #expect(refusal(of: text) == message)
  }

  @Test(arguments: [
    ("4294967296", "linux.devices[1].uid"), ("-1", "linux.devices[1].uid"),
    ("1.5", "linux.devices[1].uid"), ("1e99", "linux.devices[1].uid"),
  ])
  func `a number that does not fit is named by its place`(number: String, path: String) {
    let text = """
      {"linux": {"devices": [{"type": "c", "path": "/a", "uid": 7, "major": 1.0},
        {"type": "c", "path": "/b", "minor": -5, "uid": \(number)}]}, "ociVersion": "1"}
      """
    #expect(
      refusal(of: text) == "`\(path)` is \(number), which is out of range or not a whole number")
  }

  @Test(arguments: [
    ("", "ends too early: expected a value"),
    ("{", "ends too early: expected a key in quotes"),
    ("{\"a\": 1", "ends too early: expected `,` or `}`"),
    ("{\n  \"a\": tru\n}", "is broken at line 2, column 8: expected a value"),
    ("{\n  \"é\": ,\n}", "is broken at line 2, column 8: expected a value"),
    ("{\"a\" 1}", "is broken at line 1, column 6: expected `:`"),
    ("{\"a\": [1 2]}", "is broken at line 1, column 10: expected `,` or `]`"),
    ("{\"a\": \"b}", "is broken at line 1, column 7: this string never ends"),
    ("{\"a\": \"b\\x\"}", "is broken at line 1, column 10: there is no such escape"),
    (
      "{\"a\": \"\\u12g4\"}",
      "is broken at line 1, column 12: expected four hex digits after `\\u`"
    ),
    ("{\"a\": 1.}", "is broken at line 1, column 9: expected a digit"),
    ("{} {}", "is broken at line 1, column 4: expected nothing after the value"),
    (
      "{\"a\": \"\u{1}\"}",
      "is broken at line 1, column 8: "
        + "a control character in a string must be escaped"
    ),
  ])
  func `a text that is no JSON is named by its line`(text: String, reason: String) {
    #expect(refusal(of: text) == "the JSON text \(reason)")
  }

  @Test func `one number of many that does not fit is found in no time`() {
    let numbers = Array(repeating: "7", count: 20_000)
    for place in [0, 1, 9_999, 19_999] {
      var row = numbers
      row[place] = "-1"
      let text = """
        {"ociVersion":"1","process":{"cwd":"/","user":{"additionalGids":\(
          "[\(row.joined(separator: ","))]")}}}
        """
      #expect(
        refusal(of: text)?.hasPrefix("`process.user.additionalGids[\(place)]` is -1,") == true)
    }
  }

  @Test func `a number that does not fit is named though more is wrong further on`() {
    let text = #"{"ociVersion":"1","process":{"user":{"gid":3,"uid":-1}},"linux":{"sysctl":7}}"#
    #expect(refusal(of: text)?.hasPrefix("`process.user.uid` is -1,") == true)
  }

  @Test func `a text that is not UTF-8 is refused`() {
    let text = Array(#"{"ociVersion":""#.utf8) + [0xFF] + Array(#""}"#.utf8)
    #expect(throws: JSONError(path: "", reason: "is not UTF-8")) {
      try JSON.decode(Spec.self, from: text)
    }
  }

  @Test func `a text that is nested without end is refused`() {
    let text = "{\"a\":" + String(repeating: "[", count: 100_000)
    #expect(refusal(of: text)?.hasSuffix("nested more than 512 deep") == true)
  }

  @Test func `a value that JSON cannot say is named by its place`() {
    let error = #expect(throws: JSONError.self) { try JSON.compact(["a": [1, Double.nan]]) }
    #expect(error?.description == "`a[1]` cannot be written: nan is not JSON")
  }

  @Test(arguments: [
    ("no-version", "`ociVersion` is missing"),
    ("missing-key", "`process.cwd` is missing"),
    ("wrong-type", "`process.args` must be a list"),
    ("out-of-range", "`process.user.uid` is -1, which is out of range or not a whole number"),
    ("not-json", nil),
  ])
  func `a broken document is refused by type alone`(file: String, message: String?) throws {
    let text = try Fixture.read("broken/\(file).json")
    let error = #expect(throws: JSONError.self) { try JSON.decode(Spec.self, from: text) }
    if let message { #expect(error?.description == message) }
  }

  private func compact(_ value: any SpecObject) throws -> String {
    String(decoding: try JSON.compact(value), as: UTF8.self)
  }

  private func refusal(of text: String) -> String? {
    do throws(JSONError) {
      _ = try JSON.decode(Spec.self, from: [UInt8](text.utf8))
      return nil
    } catch {
      return error.description
    }
  }
}
