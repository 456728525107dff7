import PodModel
import Testing

/// What words such as `app=web` and `tier-` make of labels and annotations.
@Suite("Labels and annotations, given and taken")
struct MetadataChangesTests {
  typealias Problem = MetadataChanges.Problem

  private func made(
    _ words: String..., of map: MetadataMap = .labels, to before: [String: String],
    overwriting: Bool = false
  ) throws -> MetadataChanges.Outcome {
    try MetadataChanges(map, words, overwrites: overwriting).made(to: before)
  }

  @Test func `what is given is there, what is taken is not`() throws {
    let outcome = try made("a=1", "b-", "c=", to: ["b": "x", "d": "y"])
    #expect(outcome.words == ["a": "1", "c": "", "d": "y"])
    #expect(outcome.word == "labeled")
    #expect(outcome.missing.isEmpty)
  }

  @Test func `labels that were to go and were not there are told`() throws {
    let outcome = try made("x-", "b-", "y-", to: ["b": "1"])
    #expect(outcome.missing == ["x", "y"])
    #expect(outcome.word == "unlabeled")
    #expect(try made("x-", to: [:]).word == "not labeled")
    let notes = try made("x-", of: .annotations, to: [:])
    #expect(notes.missing.isEmpty && notes.word == "annotated")
  }

  @Test func `nothing loses its value unless that is wanted`() throws {
    #expect(throws: Problem.refusal("'a' already has a value (1), and --overwrite is false")) {
      try made("a=2", "b=1", to: ["a": "1"])
    }
    #expect(
      throws: Problem.refusal(
        "--overwrite is false but found the following declared annotation(s): "
          + "'a' already has a value (1)")
    ) {
      try made("a=2", of: .annotations, to: ["a": "1"])
    }
    #expect(try made("a=2", to: ["a": "1"], overwriting: true).words == ["a": "2"])
    #expect(try made("a=1", to: ["a": "1"]).word == "not labeled")
  }

  @Test(arguments: [
    (["a=1", "what"], "all resources must be specified before label changes: what"),
    (["a=1", "a-"], "can not both modify and remove a label in the same command"),
  ])
  func `words that make no sense are misuse`(_ words: [String], _ message: String) {
    #expect(throws: Problem.misuse(message)) {
      try MetadataChanges(.labels, words, overwrites: false)
    }
  }

  @Test(arguments: ["a=-x-", "-bad=1", "a/b/c=1"])
  func `what no label can be is refused`(_ word: String) {
    #expect {
      try MetadataChanges(.labels, [word], overwrites: false)
    } throws: { error in
      guard case Problem.refusal(let text)? = error as? Problem else { return false }
      return text.hasPrefix("invalid label ") && text.contains("\"\(word)\"")
    }
  }
}
