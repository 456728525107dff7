/// One end of `cp`: a path of this host, or `[NAMESPACE/]POD:PATH`.
struct CopyPlace: Equatable {
  var namespace: String?
  /// nil is this host.
  var pod: String?
  var path: String

  init(_ word: String) throws(CommandError) {
    // What is no text came to us as such.
    guard !word.contains("\u{FFFD}") else {
      throw CommandError("`\(word)` is not UTF-8: copy the folder that holds it")
    }
    // A path that begins so is one of this host, colon or not.
    let isLocal = word.hasPrefix("/") || word.hasPrefix("./") || word.hasPrefix("../")
    guard !isLocal, let colon = word.firstIndex(of: ":") else {
      path = word
      guard !path.isEmpty else { throw CopyPlace.empty }
      return
    }
    path = String(word[word.index(after: colon)...])
    let parts = word[..<colon].split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count <= 2, let pod = parts.last, !parts.contains("") else {
      throw CommandError("filespec must match the canonical format: [[namespace/]pod:]file/path")
    }
    self.pod = String(pod)
    namespace = parts.count == 2 ? String(parts[0]) : nil
    guard !path.isEmpty else { throw CopyPlace.empty }
  }

  private static let empty = CommandError("filepath can not be empty")

  /// What something that is copied into a folder is called there; nothing for `.`, `..` and `/`,
  /// whose content is meant.
  static func name(of path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? ""
    return [".", ".."].contains(name) ? "" : name
  }
}
