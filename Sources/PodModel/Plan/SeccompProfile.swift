import OCISpec

/// Where the filter of a container's system calls comes from.
///
/// The container's word counts before the pod's; without either there is no filter, as with a
/// kubelet whose `seccompDefault` is off. A privileged container never has one.
enum SeccompProfile: Equatable {
  case unconfined
  case runtimeDefault
  /// A file below the folder of profiles.
  case localhost(String)

  init(of container: Container, in pod: Pod) {
    let wanted =
      container.securityContext?.seccompProfile ?? pod.spec.securityContext?.seccompProfile
    if container.securityContext?.privileged == true {
      self = .unconfined
      return
    }
    switch wanted?.type {
    case .runtimeDefault: self = .runtimeDefault
    case .localhost: self = .localhost(wanted?.localhostProfile ?? "")
    case .unconfined, nil: self = .unconfined
    }
  }
}

extension Plan {
  /// The profile of this host that a container asks for, by its path below the folder of profiles;
  /// what it says has to be given to `container`.
  public func localSeccompProfile(of container: Container) -> String? {
    guard case .localhost(let name) = SeccompProfile(of: container, in: pod) else { return nil }
    return name
  }
}
