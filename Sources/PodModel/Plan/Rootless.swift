import OCISpec

/// What there is for pods where podshim runs without root: root of a user namespace, to whom the
/// host's own namespaces, its control groups and most of its IDs do not belong.
public struct Rootless: Codable, Equatable, Sendable {
  /// How many user IDs and group IDs there are, from 0 on: 1 where nothing but the user's own could
  /// be mapped.
  public var ids: UInt32

  public init(ids: UInt32) { self.ids = ids }

  /// What a container does without that it asks for.
  func shortcomings(of container: Container, in spec: PodSpec) -> [String] {
    let limits = spec.effectiveResources(of: container).limits
    guard !limits.isEmpty else { return [] }
    let names = limits.keys.sorted().joined(separator: ", ")
    return ["runs without its limits (\(names)): control groups need root"]
  }

  func check(_ user: ProcessUser, of container: String) throws(PlanError) {
    let wanted = max(user.uid, user.groups.max() ?? 0, user.gid)
    guard wanted >= ids else { return }
    let there = ids == 1 ? "0 alone" : "0 to \(ids - 1)"
    throw .configuration(
      "container `\(container)` wants the ID \(wanted), and there are \(there): give its user more "
        + "in /etc/subuid and /etc/subgid, or run podshim as root")
  }

  /// The kernel mounts a file system anew only for the root of the namespace that it shows; of the
  /// host's, what is mounted there is shown.
  func mounts(_ mounts: [Mount], of spec: PodSpec) -> [Mount] {
    var shared: Set<String> = []
    if spec.hostPID == true { shared.insert("proc") }
    if spec.hostNetwork == true { shared.insert("sysfs") }
    if spec.hostIPC == true { shared.insert("mqueue") }
    return mounts.map { mount in
      var mount = mount
      if let type = mount.type, shared.contains(type) {
        let kept = (mount.options ?? []).filter { $0 != "rw" }
        mount = Mount(
          destination: mount.destination, type: "bind", source: mount.destination,
          options: ["rbind"] + kept)
      }
      // The group of terminals.
      if mount.type == "devpts", ids <= 5 { mount.options?.removeAll { $0 == "gid=5" } }
      return mount
    }
  }
}

extension Linux {
  /// The runtime is to make no control group, and to limit nothing.
  mutating func forgetCgroup() {
    cgroupsPath = nil
    resources = nil
  }
}
