import Glibc
import PodModel

/// What `--from-literal`, `--from-file` and `--from-env-file` bring: keys and what belongs to them.
enum KeyedSources {
  static let literal = Flag(
    "from-literal", nil, .text("KEY=VALUE"), "A key and its value", isRepeatable: true)
  static let file = Flag(
    "from-file", nil, .text("[KEY=]FILE|DIR"), "A file under its name or KEY; a folder's files",
    isRepeatable: true)
  static let environment = Flag(
    "from-env-file", nil, .text("FILE"), "A file of lines KEY=VALUE", isRepeatable: true)

  static let flags = [literal, file, environment]

  static func read(
    _ invocation: Invocation, for owner: KeyedContent.Owner
  ) throws -> KeyedContent {
    if invocation.isGiven(environment), invocation.isGiven(file) || invocation.isGiven(literal) {
      throw CommandError("from-env-file cannot be combined with from-file or from-literal")
    }
    var content = KeyedContent(for: owner)
    do {
      for text in invocation.texts(literal) { try content.add(literal: text) }
      for text in invocation.texts(file) { try add(text, to: &content) }
      for path in invocation.texts(environment) {
        if Files.isDirectory(path) { throw CommandError("env config file cannot be a directory") }
        try content.add(environmentFile: bytes(of: path), name: path) { name in
          getenv(name).map { String(cString: $0) }
        }
      }
    } catch let problem as KeyedContent.Problem {
      throw CommandError("\(problem)")
    }
    return content
  }

  private static func add(_ text: String, to content: inout KeyedContent) throws {
    let (key, path) = try KeyedContent.fileSource(text)
    guard Files.isDirectory(path) else {
      return try content.add(bytes(of: path), as: key ?? Files.split(path).name)
    }
    if key != nil { throw CommandError("cannot give a key name for a directory path") }
    // Links and folders in it are nobody's content, as with kubectl.
    for name in try Files.list(path) {
      let file = path + "/" + name
      if Files.isRegular(file) { try content.add(bytes(of: file), as: name) }
    }
  }

  static func bytes(of path: String) throws -> [UInt8] {
    do throws(SyscallError) {
      return try Files.read(path)
    } catch {
      let reason = String(cString: strerror(error.errno))
      // Go begins it with a small letter.
      throw CommandError(
        "error reading \(path): \(reason.prefix(1).lowercased())\(reason.dropFirst())")
    }
  }
}
