import FoundationEssentials
import PodModel
import Testing

/// One mistake that a person makes, and what we answer to it, word for word.
@Suite struct RefusedTests {
  struct Case: CustomTestStringConvertible {
    var folder: String
    var testDescription: String { String(folder.split(separator: "/").last ?? "") }
  }

  static let cases = Golden.fixtures("refused").map(Case.init)

  @Test(arguments: cases) func `the manifest is refused in these words`(_ refused: Case) throws {
    let bytes = try Data(contentsOf: URL(filePath: refused.folder + "/pod.yaml"))
    let manifest = Manifest.read(Array(bytes), file: "pod.yaml")
    #expect(!manifest.errors.isEmpty)
    let lines = (manifest.warnings + manifest.errors).map { "\($0)\n" }
    try Golden.compare(lines.joined(), with: refused.folder + "/message")
  }

  @Test func `there are enough mistakes to learn from`() {
    #expect(Self.cases.count >= 60)
  }

  /// Every complaint is one line and names the file and the place.
  @Test(arguments: cases) func `a message can be clicked`(_ refused: Case) throws {
    let bytes = try Data(contentsOf: URL(filePath: refused.folder + "/pod.yaml"))
    for error in Manifest.read(Array(bytes), file: "pod.yaml").errors {
      #expect(error.file == "pod.yaml")
      #expect(error.mark != nil || error.message == "no object in this file")
      #expect(!error.description.contains("\n"))
    }
  }
}
