import Glibc

/// A folder of its own for one command, under TMPDIR or /tmp, for its user alone.
struct TemporaryFolder {
  let path: String

  init(_ purpose: String) throws(SyscallError) {
    let parent = getenv("TMPDIR").map { String(cString: $0) } ?? ""
    let place = "\(parent.isEmpty ? "/tmp" : parent)/podshim-\(purpose)-XXXXXX"
    var template = Array(place.utf8CString)
    guard mkdtemp(&template) != nil else {
      throw SyscallError("mkdtemp", place, errno: errno)
    }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  subscript(_ name: String) -> String { "\(path)/\(name)" }

  /// What cannot be removed harms nobody.
  func remove() { try? Files.removeTree(path) }
}
