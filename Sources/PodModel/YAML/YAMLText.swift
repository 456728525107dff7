/// A YAML text as trees: one node for each of its documents.
///
/// Reads what `kubectl` reads: YAML 1.1 as libyaml and go-yaml v2 understand it, with anchors,
/// merge keys and several documents. Aliases share the tree that they name, and what they would
/// grow to is counted, so that a small file cannot become a large one.
public struct YAMLText {
  /// The nodes that one text may hold, aliases counted as often as they are used.
  public static let maximumNodes = 1_000_000
  /// How many lists and maps may stand inside one another.
  public static let maximumDepth = 100

  /// The documents up to the first place that could not be read.
  public private(set) var documents: [Node] = []
  /// What is wrong with the text itself, in the order of the lines.
  public private(set) var problems: [PodError] = []

  public init(_ bytes: [UInt8], file: String? = nil) {
    if let first = bytes.first(where: { $0 > 0x20 }), first == UInt8(ascii: "{"),
      readJSON(bytes, file: file)
    {
      return
    }
    var builder = TreeBuilder(YAMLEvents(bytes, file: file), file: file)
    do throws(PodError) {
      while let document = try builder.document() { documents.append(document) }
      problems = builder.problems
    } catch {
      problems = builder.problems + [error]
    }
  }

  /// JSON is read as such; what only looks like it, `{a: b}` for instance, is YAML.
  private mutating func readJSON(_ bytes: [UInt8], file: String?) -> Bool {
    var reader = JSONReader(bytes, file: file)
    do throws(PodError) {
      while let document = try reader.document() { documents.append(document) }
      problems = reader.problems
      return true
    } catch {
      documents = []
      return false
    }
  }

  public init(_ text: String, file: String? = nil) {
    self.init(Array(text.utf8), file: file)
  }
}
