import PodModel

/// What `-o` says, for every verb that prints objects.
enum OutputFormat {
  /// Nothing was said, or `wide`: the verb's own lines.
  case plain(isWide: Bool)
  case yaml
  case json
  /// `pod/web`
  case name
  case template(JSONPath)
  /// What the template finds, as a JSON list.
  case templateJSON(JSONPath)
  case columns(CustomColumns)

  private static let words =
    "yaml, json, name, jsonpath=TEMPLATE, jsonpath-as-json=TEMPLATE, jsonpath-file=FILE"
  static let flag = Flag("output", "o", .text("FORMAT"), words)
  /// Of a verb that shows tables.
  static let tableFlag = Flag(
    "output", "o", .text("FORMAT"),
    "wide, \(words), custom-columns=NAME:PATH,… or custom-columns-file=FILE")

  /// - Parameter isTable: the verb shows tables: `wide` and columns of one's own make sense.
  static func read(_ invocation: Invocation, isTable: Bool = false) throws -> OutputFormat {
    guard let text = invocation.text(flag), !text.isEmpty else { return .plain(isWide: false) }
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let (word, value) = (String(parts[0]), parts.count > 1 ? String(parts[1]) : nil)
    do {
      switch (word, value) {
      case ("wide", nil) where isTable: return .plain(isWide: true)
      case ("yaml", nil): return .yaml
      case ("json", nil): return .json
      case ("name", nil): return .name
      case ("custom-columns", let value) where isTable:
        return .columns(try CustomColumns(value ?? ""))
      case ("custom-columns-file", let file?) where isTable:
        return .columns(try CustomColumns(file: try Files.readText(file)))
      case ("jsonpath", let value?) where !value.isEmpty: return .template(try template(value))
      case ("jsonpath-as-json", let value?) where !value.isEmpty:
        return .templateJSON(try template(value))
      case ("jsonpath-file", let file?) where !file.isEmpty:
        return .template(try template(try Files.readText(file)))
      default: throw invocation.usage(complaint(word, text, isTable: isTable))
      }
    } catch let problem as JSONPath.Problem {
      throw CommandError("\(problem)")
    }
  }

  private static func template(_ text: String) throws -> JSONPath {
    do {
      return try JSONPath(text)
    } catch {
      throw CommandError("error parsing jsonpath \(text), \(error)")
    }
  }

  private static let templates = ["jsonpath", "jsonpath-as-json", "jsonpath-file"]
  private static let goTemplates = ["go-template", "go-template-file", "template", "templatefile"]

  private static func complaint(_ word: String, _ text: String, isTable: Bool) -> String {
    if templates.contains(word) { return "template format specified but no template given" }
    let words =
      (isTable ? ["custom-columns", "custom-columns-file"] : []) + ["json"] + templates
      + ["name"] + (isTable ? ["wide"] : []) + ["yaml"]
    if goTemplates.contains(word) {
      return "podshim knows no templates of Go: write -o jsonpath=TEMPLATE"
        + (isTable ? " or -o custom-columns=NAME:PATH" : "")
    }
    return "unable to match a printer suitable for the output format \(text.quoted)"
      + "\(word.hint(among: words)), allowed formats are: \(words.joined(separator: ","))"
  }

  /// Whether objects themselves are shown, so that an empty list of them is something to show.
  var isWhole: Bool {
    switch self {
    case .yaml, .json, .template, .templateJSON: true
    case .plain, .name, .columns: false
    }
  }
}
