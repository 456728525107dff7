import PodModel

/// `podshim explain TYPE[.FIELD…]`: what a kind of object and its fields are for.
///
/// Says what this version does with a field, from the very tables that manifests are read with.
enum ExplainCommand {
  static let recursive = Flag("recursive", nil, "All fields below, by name and type alone")

  static func run(_ invocation: Invocation) throws -> CInt {
    let parts = invocation.operands[0].split(separator: ".", maxSplits: 1).map(String.init)
    guard let word = parts.first, let kind = kind(word) else {
      let kinds = Kind.allCases.map { ResourceKind($0) }
      let list = kinds.map(\.plural).joined(separator: ", ")
      let word = parts.first ?? ""
      let hint = word.hint(among: kinds.flatMap(\.words))
      throw invocation.usage("there is no resource type \"\(word)\"\(hint): podshim has \(list)")
    }
    do {
      let explanation = try kind.explanation(of: parts.count > 1 ? parts[1] : "")
      try Output.show(explanation.text(isRecursive: invocation.isOn(recursive)))
    } catch let error as PodError {
      throw CommandError(error.message)
    }
    return 0
  }

  /// The kind that kubectl would understand: by its plural, its singular, its short name, in
  /// capitals or not.
  static func kind(_ word: String) -> Kind? {
    Kind.allCases.first { ResourceKind($0).words.contains(word.lowercased()) }
  }
}
