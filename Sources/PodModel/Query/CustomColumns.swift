/// The table of `-o custom-columns`: for each column a heading and a JSONPath.
public struct CustomColumns: Sendable {
  private var columns: [(title: String, path: JSONPath)] = []

  /// `NAME:.metadata.name,IMAGE:.spec.containers[*].image`
  public init(_ specification: String) throws(JSONPath.Problem) {
    guard !specification.isEmpty else {
      throw JSONPath.Problem("custom-columns format specified but no custom columns given")
    }
    for part in specification.split(separator: ",", omittingEmptySubsequences: false) {
      let words = part.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      guard words.count == 2 else {
        throw JSONPath.Problem(
          "unexpected custom-columns spec: \(part), expected <header>:<json-path-expr>")
      }
      columns.append((String(words[0]), try JSONPath(relaxed: String(words[1]))))
    }
  }

  /// A file of two lines: headings, and below them paths, with blanks between.
  public init(file text: String) throws(JSONPath.Problem) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let (titles, paths) = (lines.words(at: 0), lines.words(at: 1))
    guard lines.count > 1, !titles.isEmpty else {
      throw JSONPath.Problem(
        "invalid template, missing header line. Expected format is one line of space separated "
          + "headers, one line of space separated column specs.")
    }
    guard titles.count == paths.count else {
      throw JSONPath.Problem(
        "number of headers (\(titles.count)) and field specifications (\(paths.count)) don't match")
    }
    for (title, path) in zip(titles, paths) {
      columns.append((String(title), try JSONPath(relaxed: String(path))))
    }
  }

  public var header: [String] { columns.map(\.title) }

  public func row(_ object: Node) throws(JSONPath.Problem) -> [String] {
    var cells: [String] = []
    for column in columns {
      let found = try column.path.results(in: object)
      let words = found.joined().map { $0.goText.escapedForTerminal }
      cells.append(found.first?.isEmpty ?? true ? "<none>" : words.joined(separator: ","))
    }
    return cells
  }
}

extension [Substring] {
  fileprivate func words(at index: Int) -> [Substring] {
    indices.contains(index) ? self[index].split { $0 == " " || $0 == "\t" || $0 == "\r" } : []
  }
}

extension String {
  /// What begins a command to a terminal is shown instead (cli-runtime `EscapeTerminal`).
  fileprivate var escapedForTerminal: String {
    replacing("\u{1b}", with: "^[").replacing("\r", with: "\\r")
  }
}
