/// The name of a blob: `sha256:` and 64 lower-case hexadecimal digits.
///
/// A digest read from a file of somebody else becomes part of a path, so nothing but the one form
/// is let in. The sums themselves are made by `sha256sum`.
struct Digest: Hashable, CustomStringConvertible {
  let hexadecimal: String

  init(_ text: String) throws(ImageError) {
    let digits = text.dropFirst("sha256:".count)
    guard text.hasPrefix("sha256:"), Self.isSum(digits) else {
      throw ImageError("digest `\(text)` is not `sha256:` and 64 hexadecimal digits")
    }
    hexadecimal = String(digits)
  }

  private init(sum: Substring) throws(ImageError) {
    try self.init("sha256:" + sum)
  }

  var description: String { "sha256:" + hexadecimal }

  var bytes: [UInt8] {
    let digits = Array(hexadecimal.utf8)
    return stride(from: 0, to: digits.count, by: 2).compactMap { place in
      UInt8(String(decoding: digits[place..<(place + 2)], as: UTF8.self), radix: 16)
    }
  }

  /// The first twelve digits, as Docker shows an image's ID.
  var short: String { String(hexadecimal.prefix(12)) }

  private static func isSum(_ digits: Substring) -> Bool {
    digits.utf8.count == 64
      && digits.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
  }
}

extension Digest {
  /// The digests of files, in their order. The caller has seen that each is a regular file.
  static func ofFiles(_ paths: [String]) throws -> [Digest] {
    guard !paths.isEmpty else { return [] }
    // --zero also turns off the escaping of strange file names
    let output = try Tool.sha256sum.run(["--zero", "--"] + paths)
    let lines = output.split(separator: 0)
    guard lines.count == paths.count else {
      throw ImageError("`sha256sum` printed \(lines.count) sums for \(paths.count) files")
    }
    return try lines.map { try Digest(line: $0) }
  }

  static func ofBytes(_ bytes: [UInt8]) throws -> Digest {
    try Digest(line: Tool.sha256sum.run([], input: bytes)[...])
  }

  /// From a line of `sha256sum`: the sum, two blanks, the file.
  init(line: ArraySlice<UInt8>) throws(ImageError) {
    try self.init(sum: Substring(decoding: line.prefix(64), as: UTF8.self))
  }
}
