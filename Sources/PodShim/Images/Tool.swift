/// A program of the base system that podshim drives instead of writing it again.
///
/// Knows the Debian package that brings it, so that a missing one is an error that says what to
/// install, and turns a failure into its last lines of standard error.
struct Tool {
  let name: String
  let package: String

  static let tar = Tool(name: "tar", package: "tar")
  static let sha256sum = Tool(name: "sha256sum", package: "coreutils")
  static let tee = Tool(name: "tee", package: "coreutils")
  static let cp = Tool(name: "cp", package: "coreutils")
  static let du = Tool(name: "du", package: "coreutils")
  static let gzip = Tool(name: "gzip", package: "gzip")
  static let zstd = Tool(name: "zstd", package: "zstd")
  static let xz = Tool(name: "xz", package: "xz-utils")
  static let openssl = Tool(name: "openssl", package: "openssl")
  static let bzip2 = Tool(name: "bzip2", package: "bzip2")

  /// `descriptors` as in `Program`.
  func program(_ arguments: [String], descriptors: [CInt] = []) throws -> Program {
    guard let path = Program.find(name) else {
      throw ImageError("`\(name)` is not installed: install the package `\(package)`")
    }
    var program = Program(path, [name] + arguments)
    program.environment = [
      "LC_ALL=C", "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    ]
    program.descriptors = descriptors
    return program
  }

  /// Runs to the end and returns what it printed. It holds `lock`, where one is given, for as long
  /// as it lives: a program that survives us still has the store for itself.
  @discardableResult
  func run(
    _ arguments: [String], input: [UInt8] = [], holding lock: CInt = -1
  ) throws -> [UInt8] {
    let result = try program(arguments, descriptors: [-1, -1, -1, lock]).run(input: input)
    guard result.succeeded else { throw failure(result.status, said: result.errors) }
    return result.output
  }

  func failure(_ status: ExitStatus, said bytes: [UInt8]) -> ImageError {
    let lines = bytes.split(separator: UInt8(ascii: "\n")).suffix(4)
      .map { String(decoding: $0, as: UTF8.self) }
    let said = lines.isEmpty ? "" : ": " + lines.joined(separator: "; ")
    return ImageError("`\(name)` failed with \(status)\(said)")
  }
}
