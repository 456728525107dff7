import Glibc
import OCISpec

/// One more process in a container: as the container's own, but for what it runs.
enum ExecProcess {
  struct Missing: Error, CustomStringConvertible {
    var bundle: String
    var description: String { "`\(bundle)/config.json` has no process" }
  }

  /// - Parameter arguments: with the program.
  static func like(_ bundle: String, running arguments: [String]) throws -> OCISpec.Process {
    let spec = try JSON.decode(Spec.self, from: Files.read(bundle + "/config.json"))
    guard var process = spec.process else { throw Missing(bundle: bundle) }
    process.args = arguments
    process.terminal = nil
    process.consoleSize = nil
    return process
  }

  /// A file without a name that holds it.
  static func file(_ process: OCISpec.Process) throws -> OwnedDescriptor {
    try OwnedDescriptor.memory("process", holding: JSON.compact(process))
  }
}
