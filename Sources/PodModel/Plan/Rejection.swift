/// Why a host that could run a pod does not take it: the pod has failed before it began.
public struct Rejection: Codable, Equatable, Sendable {
  /// The kubelet's word: `SysctlForbidden`, `AppArmor`.
  public var reason: String
  public var message: String

  public init(_ reason: String, _ message: String) {
    self.reason = reason
    self.message = message
  }
}

extension Plan {
  /// What the kubelet's admission would say against the pod on this host.
  public var rejection: Rejection? {
    if let objection = Sysctls(pod).objection(pod.spec, on: host) {
      return Rejection("SysctlForbidden", objection)
    }
    if host.rootless != nil, pod.spec.hostUsers == false {
      return Rejection(
        "HostUsers",
        "Cannot give the pod user IDs of its own: podshim runs without root, leave out "
          + "`hostUsers: false`")
    }
    let needsAppArmor = pod.spec.allContainers.contains {
      if case .localhost = AppArmorProfile(of: $0, in: pod) { return true }
      return false
    }
    if needsAppArmor, host.security?.appArmorProfiles == nil {
      return Rejection(
        "AppArmor", "Cannot enforce AppArmor: AppArmor is not enabled on the host")
    }
    return nil
  }
}
