import Testing

@testable import PodModel

/// What `explain` prints, word for word, and that it knows everything that a manifest can say.
@Suite struct ExplanationTests {
  /// Each file of `fixtures/explained` is named for what was asked.
  static let asked = Golden.fixtures("explained").map { path in
    String(path.split(separator: "/").last ?? "")
  }

  static func explanation(of words: String) throws -> Explanation {
    let parts = words.split(separator: ".", maxSplits: 1).map(String.init)
    let kind = try #require(Kind.allCases.first { $0.rawValue.lowercased() == parts[0] })
    return try kind.explanation(of: parts.count > 1 ? parts[1] : "")
  }

  @Test(arguments: asked) func `the answer is the one that was written down`(
    _ asked: String
  ) throws {
    let parts = asked.split(separator: " ").map(String.init)
    let text = try Self.explanation(of: parts[0])
      .text(isRecursive: parts.dropFirst().contains("--recursive"))
    try Golden.compare(text, with: Golden.folder + "/explained/" + asked)
  }

  @Test func `there is a file of each form`() {
    #expect(Self.asked.contains("pod") && Self.asked.contains("pod.apiVersion"))
    #expect(Self.asked.contains { $0.hasSuffix("--recursive") })
  }

  /// The paths of all fields below a kind, as deep as its tables go.
  static func paths(below fields: [FieldOutline], after path: String = "") -> [String] {
    fields.flatMap { field in
      let place = path.isEmpty ? field.name : "\(path).\(field.name)"
      return [place] + paths(below: field.objectType?.outline ?? [], after: place)
    }
  }

  @Test func `every field of every kind is explained`() throws {
    var count = 0
    for kind in Kind.allCases {
      for path in Self.paths(below: kind.type.outline) {
        let lines = try kind.explanation(of: path).text().split(separator: "\n")
        #expect(lines.allSatisfy { $0.count <= 80 || !$0.contains(" ") }, "\(path)")
        let start = try #require(lines.firstIndex(of: "DESCRIPTION:"))
        #expect(lines[start + 1].count > 10, "\(path)")
        count += 1
      }
    }
    #expect(count > 800)
  }

  @Test func `a path may be copied from a message`() throws {
    #expect(
      try Self.explanation(of: "pod.spec.containers[0].image").text()
        == Self.explanation(of: "pod.spec.containers.image").text())
    #expect(
      try Self.explanation(of: "pod.metadata.labels[app]").text()
        == Self.explanation(of: "secret.metadata.labels").text().replacing("Secret", with: "Pod"))
  }

  @Test(arguments: [
    (
      "pod.spec.contaners",
      "field \"contaners\" does not exist in `pod.spec` (did you mean \"containers\"?)"
    ),
    ("pod.spec.containers.zzz", "field \"zzz\" does not exist in `pod.spec.containers`"),
    ("pod.kind.name", "`pod.kind` has no fields, \"name\" neither"),
    ("pod.spec..image", "field \"\" does not exist in `pod.spec`"),
  ])
  func `a mistyped field is refused with the nearest name`(
    _ words: String, _ message: String
  ) {
    let error = #expect(throws: PodError.self) { try Self.explanation(of: words) }
    #expect(error?.message == message)
  }
}
