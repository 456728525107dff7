/// A template in kubectl's JSONPath: text, and between braces paths into an object.
///
/// `{range .items[*]}{.metadata.name}{"\n"}{end}`: fields, indices and slices, unions, wildcards,
/// recursive descent, filters and ranges mean what they mean in client-go, whose errors are
/// repeated. Where Go takes the keys of a map in any order, they come sorted here.
public struct JSONPath: Sendable {
  /// As it was written.
  public let source: String
  let nodes: [Step]

  /// One thing in a path; what comes before it is what it is done to.
  indirect enum Step: Sendable {
    case text(String)
    case list([Step])
    case field(String)
    case slice(Slice)
    case filter(Filter)
    case union([[Step]])
    case literal(Node)
    case wildcard
    case descent
    /// `range`, `end`, or anything else, which is an error when it is reached.
    case word(String)
  }

  /// `[start:end:step]`; an index is a slice of one.
  struct Slice: Sendable {
    var start: Int?
    var end: Int?
    var step: Int?
    var isIndex = false
  }

  /// `[?(left operator right)]`; without an operator, whether `left` is there.
  struct Filter: Sendable {
    var left: [Step]
    var right: [Step] = []
    var `operator`: String?
  }

  /// What is wrong with a template, or keeps it from an object, in client-go's words.
  public struct Problem: Error, Equatable, CustomStringConvertible {
    public var description: String

    init(_ description: String) {
      self.description = description
    }
  }

  public init(_ source: String) throws(Problem) {
    self.source = source
    var parser = JSONPathParser(source)
    nodes = try parser.parse()
  }

  /// A path as sorting, columns and waiting take it: the braces, and the point, may be missing.
  public init(relaxed expression: String) throws(Problem) {
    var path = Substring(expression)
    if path.hasPrefix("{"), path.hasSuffix("}"), path.count > 1 {
      path = path.dropFirst().dropLast()
    }
    if path.hasPrefix(".") { path = path.dropFirst() }
    guard !path.isEmpty, !path.contains(where: { "{}".contains($0) }) else {
      throw Problem(
        "unexpected path string, expected a 'name1.name2' or '.name1.name2' or '{name1.name2}' or "
          + "'{.name1.name2}'")
    }
    try self.init("{.\(path)}")
  }
}

extension JSONPath {
  /// What each part of the template finds, in its order.
  public func results(in object: Node) throws(Problem) -> [[Node]] {
    try JSONPathEvaluation(nodes).results(in: object)
  }

  /// The template with what it finds: words as they are, objects and lists as JSON on one line.
  public func text(of object: Node) throws(Problem) -> String {
    try results(in: object).map { part in
      part.map(\.templateText).joined(separator: " ")
    }.joined()
  }

  /// All that each part finds as one JSON list.
  public func jsonText(of object: Node) throws(Problem) -> String {
    try results(in: object).map { Node.sequence($0).jsonText() }.joined()
  }
}

extension Node {
  /// As a template shows it.
  fileprivate var templateText: String {
    guard case .scalar(let scalar) = content else {
      return String(jsonText(isOneLine: true).dropLast())
    }
    return scalar.canonicalText
  }
}
