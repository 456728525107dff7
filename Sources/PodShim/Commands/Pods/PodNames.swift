/// The names of pods among the words of a command line: `pods a b`, `pod/a po/b`, `a`.
enum PodNames {
  private static let types = ["pods", "pod", "po"]

  /// The names behind a resource type, for `get` and `delete`.
  static func afterType(_ invocation: Invocation) throws -> [String] {
    guard let first = invocation.operands.first else { return [] }
    if first.contains("/") { return try invocation.operands.map { try name($0, invocation) } }
    guard types.contains(first) else { throw unknown(first, invocation) }
    return Array(invocation.operands.dropFirst())
  }

  /// The one pod that `logs`, `exec` and `attach` are about: `web` or `pod/web`.
  static func single(_ invocation: Invocation) throws -> String {
    let word = invocation.operands[0]
    return word.contains("/") ? try name(word, invocation) : word
  }

  private static func name(_ word: String, _ invocation: Invocation) throws -> String {
    let parts = word.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, !parts[1].isEmpty else {
      throw invocation.usage("\"\(word)\" is not written TYPE/NAME")
    }
    guard types.contains(parts[0]) else { throw unknown(parts[0], invocation) }
    return parts[1]
  }

  private static func unknown(_ type: String, _ invocation: Invocation) -> UsageError {
    invocation.usage(
      "there is no resource type \"\(type)\"\(type.hint(among: types)): podshim has pods")
  }
}
