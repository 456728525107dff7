/// The name of a pod among the words of a command line: `web` or `pod/web`.
enum PodNames {
  private static let types = ["pods", "pod", "po"]

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
