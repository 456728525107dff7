/// One line of `/proc/<pid>/mountinfo`, its escapes undone.
struct MountEntry: Equatable {
  var id: Int
  var parent: Int
  /// `major:minor`
  var device: String
  /// The directory of the file system that is seen here.
  var root: String
  /// Where it is seen.
  var path: String
  var options: [String]
  /// `shared:N`, `master:N`…; none for a private mount.
  var propagation: [String]
  var type: String
  var source: String
  var superOptions: [String]

  init?(line: Substring) {
    let fields = line.split(separator: " ", omittingEmptySubsequences: false)
    guard fields.count >= 10, let id = Int(fields[0]), let parent = Int(fields[1]),
      let dash = fields.indices.dropFirst(6).first(where: { fields[$0] == "-" }),
      fields.count >= dash + 4
    else { return nil }
    self.id = id
    self.parent = parent
    device = String(fields[2])
    root = Self.unescape(fields[3])
    path = Self.unescape(fields[4])
    options = Self.list(fields[5])
    propagation = fields[6..<dash].map { String($0) }
    type = String(fields[dash + 1])
    source = Self.unescape(fields[dash + 2])
    superOptions = Self.list(fields[dash + 3])
  }

  private static func list(_ text: Substring) -> [String] {
    text.split(separator: ",").map { unescape($0) }
  }

  /// The kernel writes blank, tab, newline and backslash as three octal digits.
  private static func unescape(_ text: Substring) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      let digits = String(decoding: rest.prefix(3), as: UTF8.self)
      if byte == UInt8(ascii: "\\"), digits.utf8.count == 3, let code = UInt8(digits, radix: 8) {
        bytes.append(code)
        rest = rest.dropFirst(3)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
