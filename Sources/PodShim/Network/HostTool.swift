import Glibc
import PodModel

/// A program of the host that is told by its input what to do: `ip -batch -`, `nft -f -`.
struct HostTool {
  let name: String
  let arguments: [String]
  let input: String

  static func links(_ script: LinkScript) -> HostTool {
    HostTool(name: "ip", arguments: ["-batch", "-"], input: script.text)
  }

  static func rules(_ text: String) -> HostTool {
    HostTool(name: "nft", arguments: ["-f", "-"], input: text)
  }

  struct Failed: Error, CustomStringConvertible {
    let description: String
  }

  /// How long one may take; they wait for nothing but the kernel.
  static let patience = Duration.seconds(10)

  func program() throws(Failed) -> Program {
    guard let path = Program.find(name) else {
      throw Failed(description: "`\(name)` is not installed")
    }
    return Program(path, [name] + arguments)
  }

  /// Why it failed, from what it said; nil when it did not.
  func failure(_ status: ExitStatus, errors: [UInt8]) -> String? {
    guard status != .exited(0) else { return nil }
    let said = String(decoding: errors, as: UTF8.self).split(separator: "\n").first
    return "`\(name)`: \(said.map(String.init) ?? "\(status)")"
  }

  /// Blocks until it is done: for commands, not for a loop.
  func run() throws {
    let result = try program().run(input: Array(input.utf8), timeout: HostTool.patience)
    if let failure = failure(result.status, errors: result.errors) {
      throw Failed(description: failure)
    }
  }
}
