import PodModel

/// `podshim explain TYPE[.FIELD…]`: what a kind of object and its fields are for.
///
/// Says what this version does with a field, from the very tables that manifests are read with.
enum ExplainCommand {
  static let recursive = Flag("recursive", nil, "All fields below, by name and type alone")

  static func run(_ invocation: Invocation) throws -> CInt {
    let parts = invocation.operands[0].split(separator: ".", maxSplits: 1).map(String.init)
    let word = parts.first ?? ""
    let kinds = ExplainedKind.all
    guard let kind = kinds.first(where: { $0.words.contains(word.lowercased()) }) else {
      let list = kinds.map { $0.words[0] }.joined(separator: ", ")
      let hint = word.hint(among: kinds.flatMap(\.words))
      throw invocation.usage("there is no resource type \"\(word)\"\(hint): podshim has \(list)")
    }
    let path = parts.count > 1 ? parts[1] : ""
    do {
      let explanation = try kind.explanation(of: path)
      try Output.show(explanation.text(isRecursive: invocation.isOn(recursive)))
    } catch let error as PodError {
      throw CommandError(error.message)
    }
    return 0
  }
}
