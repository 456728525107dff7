import OCISpec
import PodModel

/// A filter of system calls that this host keeps for its pods: a JSON file in the words of the
/// runtime specification, read anew for each run.
enum SeccompFile {
  /// Throws in containerd's words, so that a pod's status says which file is missing or broken.
  static func read(
    _ name: String, for container: String, in paths: HostPaths
  ) throws -> Linux.Seccomp {
    let path = "\(paths.seccompProfiles)/\(name)"
    func failure(_ message: String) -> Failure {
      Failure(
        .bundle, reason: "CreateContainerError",
        message: "failed to generate container \(container.quoted) spec: \(message)")
    }
    let bytes: [UInt8]
    do {
      bytes = try Files.read(path)
    } catch {
      throw failure("cannot load seccomp profile \(path.quoted): \(error)")
    }
    do {
      return try JSON.decode(Linux.Seccomp.self, from: bytes)
    } catch {
      throw failure("decoding seccomp profile failed \(path.quoted): \(error)")
    }
  }
}
