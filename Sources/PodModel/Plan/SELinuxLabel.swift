import OCISpec

/// The SELinux labels of a container's process and of its files, for hosts that have SELinux.
///
/// The container's options count before the pod's, part by part; what neither says is what
/// containers usually have.
struct SELinuxLabel: Equatable {
  let process: String
  let mounts: String

  /// nil where nobody asks for one or the host has no SELinux: then options mean nothing, as for
  /// the kubelet.
  init?(of container: Container, in pod: Pod, on host: HostFacts) {
    let own = container.securityContext?.seLinuxOptions
    let shared = pod.spec.securityContext?.seLinuxOptions
    guard host.security?.hasSELinux == true, own != nil || shared != nil else { return nil }
    func part(_ path: KeyPath<SELinuxOptions, String?>, _ usual: String) -> String {
      for options in [own, shared] {
        if let text = options?[keyPath: path], !text.isEmpty { return text }
      }
      return usual
    }
    let isPrivileged = container.securityContext?.privileged == true
    let user = part(\.user, "system_u")
    let level = part(\.level, "s0")
    let type = part(\.type, isPrivileged ? "spc_t" : "container_t")
    process = "\(user):\(part(\.role, "system_r")):\(type):\(level)"
    mounts = "\(user):object_r:container_file_t:\(level)"
  }
}
