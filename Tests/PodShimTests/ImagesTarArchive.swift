/// A tar archive written member by member, so that a test can write what no sane tar would.
struct TarArchive: Sendable {
  private var blocks: [UInt8] = []

  init(_ write: (inout TarArchive) -> Void = { _ in }) {
    write(&self)
  }

  /// The archive with its end mark.
  var bytes: [UInt8] { blocks + [UInt8](repeating: 0, count: 1024) }

  mutating func file(_ name: String, _ content: String = "", mode: Int = 0o644) {
    member(name, type: "0", mode: mode, content: Array(content.utf8))
  }

  mutating func directory(_ name: String, mode: Int = 0o755) {
    member(name, type: "5", mode: mode)
  }

  mutating func symlink(_ name: String, to target: String) {
    member(name, type: "2", mode: 0o777, link: target)
  }

  mutating func hardLink(_ name: String, to target: String) {
    member(name, type: "1", mode: 0o644, link: target)
  }

  mutating func fifo(_ name: String) {
    member(name, type: "6", mode: 0o644)
  }

  /// A character device, as `/dev/null` is one.
  mutating func device(_ name: String, _ major: Int, _ minor: Int) {
    member(name, type: "3", mode: 0o666, device: (major, minor))
  }

  /// An extended attribute for the member that follows, as GNU tar writes it.
  mutating func attribute(_ name: String, _ value: String) {
    let rest = " SCHILY.xattr.\(name)=\(value)\n"
    var length = rest.utf8.count + 1
    while "\(length)".utf8.count + rest.utf8.count != length { length += 1 }
    member("pax", type: "x", mode: 0o644, content: Array("\(length)\(rest)".utf8))
  }

  private mutating func member(
    _ name: String, type: Unicode.Scalar, mode: Int, link: String = "", content: [UInt8] = [],
    device: (major: Int, minor: Int) = (0, 0)
  ) {
    var header = [UInt8](repeating: 0, count: 512)
    func put(_ text: String, at offset: Int) {
      for (index, byte) in text.utf8.enumerated() { header[offset + index] = byte }
    }
    func octal(_ number: Int, digits: Int) -> String {
      let text = String(number, radix: 8)
      return String(repeating: "0", count: digits - text.count) + text
    }
    put(name, at: 0)
    put(octal(mode, digits: 7), at: 100)
    put(octal(0, digits: 7), at: 108)
    put(octal(0, digits: 7), at: 116)
    put(octal(content.count, digits: 11), at: 124)
    put(octal(1_600_000_000, digits: 11), at: 136)
    put("        ", at: 148)
    put(String(type), at: 156)
    put(link, at: 157)
    put("ustar", at: 257)
    put("00", at: 263)
    put(octal(device.major, digits: 7), at: 329)
    put(octal(device.minor, digits: 7), at: 337)
    put(octal(header.reduce(0) { $0 + Int($1) }, digits: 6) + "\0 ", at: 148)
    let padding = (512 - content.count % 512) % 512
    blocks += header + content + [UInt8](repeating: 0, count: padding)
  }
}
