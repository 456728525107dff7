import Glibc
import PodModel

/// Whether mounts can pass between a volume and the containers that ask for it
/// (`mountPropagation`): only where the volume lies on a mount that the host shares.
///
/// The rule and its words are containerd's.
struct MountSharing {
  let container: Container
  /// Where each volume lies, by name.
  let volumes: [String: String]

  func check() throws {
    for mount in container.volumeMounts {
      guard let wanted = mount.mountPropagation, wanted != .isolated,
        let path = volumes[mount.name], let entry = try Self.entry(of: path)
      else { continue }
      let isShared = entry.propagation.contains { $0.hasPrefix("shared:") }
      let isFollowing = entry.propagation.contains { $0.hasPrefix("master:") }
      if isShared || (wanted == .hostToContainer && isFollowing) { continue }
      let lacking = wanted == .bidirectional ? "a shared mount" : "a shared or slave mount"
      throw Failure(
        .bundle, reason: "CreateContainerError",
        message: "failed to generate container \"\(container.name)\" spec: path \"\(path)\" is "
          + "mounted on \"\(entry.path)\" but it is not \(lacking)")
    }
  }

  /// The mount that a path lies on, the uppermost of several in one place.
  private static func entry(of path: String) throws(SyscallError) -> MountEntry? {
    let real = try Files.realPath(path)
    let above = try Mount.table().filter { entry in
      entry.path == real || entry.path == "/" || real.hasPrefix(entry.path + "/")
    }
    return above.max { a, b in a.path.utf8.count < b.path.utf8.count }
  }
}
