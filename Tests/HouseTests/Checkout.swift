import FoundationEssentials

/// The checkout that these tests were built from: every file of it that is ours.
///
/// What `.gitignore` names is not ours. Files are read once, and known by their path from the top.
struct Checkout: Sendable {
  static let here: Checkout = {
    let folders = #filePath.split(separator: "/").dropLast(3)
    return Checkout(root: "/" + folders.joined(separator: "/"))
  }()

  let root: String
  /// Sorted by path.
  let files: [TextFile]

  init(root: String) {
    self.root = root
    let ignored = Checkout.lines("\(root)/.gitignore") + [".git"]
    files = Checkout.paths(below: "", of: root, ignored: ignored).sorted().map { path in
      TextFile(path: path, text: Checkout.text("\(root)/\(path)"))
    }
  }

  /// The files below a folder, all of them for none.
  func files(below folder: String, _ endings: String...) -> [TextFile] {
    files.filter { file in
      file.path.hasPrefix(folder) && (endings.isEmpty || endings.contains(file.ending))
    }
  }

  /// Empty for a file that is not there, which no rule is content with.
  subscript(path: String) -> TextFile {
    files.first { $0.path == path } ?? TextFile(path: path, text: "")
  }

  private static func text(_ path: String) -> String {
    String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
  }

  private static func lines(_ path: String) -> [String] {
    text(path).split(separator: "\n").map(String.init)
  }

  private static func paths(below folder: String, of root: String, ignored: [String]) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(root)/\(folder)")) ?? []
    return names.flatMap { name -> [String] in
      let path = folder + name
      if ignored.contains(where: { isMatch(path, $0) }) { return [] }
      var isFolder = false
      _ = FileManager.default.fileExists(atPath: "\(root)/\(path)", isDirectory: &isFolder)
      return isFolder ? paths(below: path + "/", of: root, ignored: ignored) : [path]
    }
  }

  /// As far as our `.gitignore` goes: `/folder/`, and one star.
  private static func isMatch(_ path: String, _ pattern: String) -> Bool {
    let isAnchored = pattern.hasPrefix("/")
    let parts = pattern.split(separator: "/").joined(separator: "/")
      .split(separator: "*", omittingEmptySubsequences: false)
    let subject = isAnchored ? path[...] : path.split(separator: "/").last ?? ""
    guard parts.count == 2 else { return subject == parts[0] }
    return subject.hasPrefix(parts[0]) && subject.hasSuffix(parts[1])
  }
}

/// One file: its path from the top of the checkout, and its text.
struct TextFile: Sendable {
  let path: String
  let text: String

  var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
  var name: Substring { path.split(separator: "/").last ?? "" }
  var folder: String { String(path.dropLast(name.count)) }
  /// After the last point; empty when there is none.
  var ending: String { name.contains(".") ? String(name.split(separator: ".").last ?? "") : "" }
  /// The name up to the first point or plus: what the main type of a Swift file is called.
  var stem: String { String(name.prefix { $0 != "." && $0 != "+" }) }
}
