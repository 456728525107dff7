import PodModel
import Testing

@testable import PodShim

/// The words that `explain` takes for a kind.
@Suite("Explain")
struct CommandsExplainTests {
  @Test(arguments: [
    ("pod", Kind.pod), ("pods", .pod), ("po", .pod), ("Pod", .pod), ("cm", .configMap),
    ("secrets", .secret), ("sa", .serviceAccount), ("podpreset", .podPreset),
  ])
  func `a kind has its plural, its singular and its short name`(_ word: String, _ kind: Kind) {
    #expect(ExplainCommand.kind(word) == kind)
  }

  @Test(arguments: ["", "nodes", "pdo", "spec"]) func `nothing else is a kind`(_ word: String) {
    #expect(ExplainCommand.kind(word) == nil)
  }
}
