import Glibc
import Testing

@testable import PodShim

/// The real kubectl, as the referee of everything that it can do without a server.
enum Kubectl {
  /// Without a server's address that it could try, and without a home to remember anything in.
  static func run(_ arguments: [String], input: String = "") throws -> ProgramResult {
    guard let path = Program.find("kubectl") else {
      throw SyscallError("find", "kubectl", errno: ENOENT)
    }
    var program = Program(path, ["kubectl"] + arguments)
    let search = getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"
    program.environment = ["PATH=\(search)", "HOME=/nonexistent", "KUBECONFIG=/dev/null"]
    return try program.run(input: Array(input.utf8), timeout: .seconds(20))
  }

  /// The first line of what it complained of.
  static func complaint(_ result: ProgramResult) -> String {
    result.errorText.split(separator: "\n").first.map(String.init) ?? ""
  }
}
