import FoundationEssentials
import Testing

@testable import PodModel

/// One mistake that a person makes, and what we answer to it, word for word.
@Suite struct RefusedTests {
  struct Case: CustomTestStringConvertible {
    var folder: String
    var testDescription: String { String(folder.split(separator: "/").last ?? "") }
  }

  static let cases = Golden.fixtures("refused").map(Case.init)

  @Test(arguments: cases) func `the manifest is refused in these words`(_ refused: Case) throws {
    let bytes = try Data(contentsOf: URL(filePath: refused.folder + "/pod.yaml"))
    let path = refused.folder + "/message"
    let expected = try? String(contentsOfFile: path, encoding: .utf8)
    var manifest = Answer(Manifest.read(Array(bytes), file: "pod.yaml"))
    if manifest.errors.contains(where: \.isOfSupport), expected?.contains(Self.support) != true {
      // A field of the case is not acted upon yet: its rules are there already.
      let rules = Answer(rulesFor: Array(bytes), file: "pod.yaml")
      if !rules.errors.isEmpty { manifest = rules }
    }
    #expect(!manifest.errors.isEmpty)
    let lines = (manifest.warnings + manifest.errors).map { "\($0)\n" }
    try Golden.compare(lines.joined(), with: path)
  }

  static let support = "not supported yet"

  /// What is said about a text, by the manifest or by the rules alone.
  struct Answer {
    var errors: [PodError]
    var warnings: [PodError]

    init(_ manifest: Manifest) {
      errors = manifest.errors
      warnings = manifest.warnings
    }

    init(rulesFor bytes: [UInt8], file: String) {
      let text = YAMLText(bytes, file: file)
      errors = text.problems
      warnings = []
      for document in text.documents {
        var review = Review(file: file, source: document)
        let place = FieldPath()
        func decode<Known: KubeObject>(_ type: Known.Type) -> Known {
          review.inside(.later) { type.decode(document, at: place, into: &$0) } ?? Known()
        }
        switch document["kind"] {
        case .string("ConfigMap"): decode(ConfigMap.self).check(at: place, into: &review)
        case .string("Secret"): decode(Secret.self).check(at: place, into: &review)
        case .string("PodPreset"): decode(PodPreset.self).check(at: place, into: &review)
        default:
          let pod = decode(Pod.self)
          pod.warn(at: place, into: &review)
          pod.withDefaults().check(at: place, into: &review)
        }
        let byLine = review.errors.sorted { ($0.mark?.line ?? 0) < ($1.mark?.line ?? 0) }
        errors += byLine
        warnings += review.warnings
      }
    }
  }

  @Test func `there are enough mistakes to learn from`() {
    #expect(Self.cases.count >= 300)
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

extension PodError {
  fileprivate var isOfSupport: Bool { message.hasSuffix(RefusedTests.support) }
}
