/// Which AppArmor profile a container's process is confined by.
///
/// The container's word counts before the old annotation, that before the pod's. Without any, and
/// on a host that has AppArmor, it is the default profile of the containers there.
enum AppArmorProfile: Equatable {
  case unconfined
  case runtimeDefault
  case localhost(String)

  init(of container: Container, in pod: Pod) {
    if container.securityContext?.privileged == true {
      self = .unconfined
    } else if let wanted = container.securityContext?.appArmorProfile {
      self.init(wanted)
    } else if let word = pod.metadata.annotations[Self.annotation + container.name] {
      self.init(annotation: word)
    } else {
      self = pod.spec.securityContext?.appArmorProfile.map(AppArmorProfile.init) ?? .runtimeDefault
    }
  }

  /// The default profile, by name and not for want of a word.
  static func isAskedFor(by container: Container, in pod: Pod) -> Bool {
    let wanted =
      container.securityContext?.appArmorProfile ?? pod.spec.securityContext?.appArmorProfile
    return wanted?.type == .runtimeDefault && container.securityContext?.privileged != true
  }

  private init(_ profile: SecurityProfile) {
    switch profile.type {
    case .localhost: self = .localhost(profile.localhostProfile ?? "")
    case .unconfined: self = .unconfined
    case .runtimeDefault, nil: self = .runtimeDefault
    }
  }

  private init(annotation word: String) {
    if word.hasPrefix(Self.local) {
      self = .localhost(String(word.dropFirst(Self.local.count)))
    } else {
      self = word == "unconfined" ? .unconfined : .runtimeDefault
    }
  }

  /// The name for the kernel; nil says nothing, and the process has the profile of its parent.
  func name(
    for container: String, on host: HostFacts
  ) throws(PlanError) -> String? {
    guard let loaded = host.security?.appArmorProfiles else { return nil }
    switch self {
    case .unconfined: return nil
    case .runtimeDefault: return Self.usual.first(where: loaded.contains)
    case .localhost(let name):
      guard loaded.contains(name) else {
        throw .creation(
          "failed to generate container \(container.quoted) spec: failed to generate apparmor "
            + "spec opts: apparmor profile not found \(name)")
      }
      return name
    }
  }

  /// The default profiles of others that run containers, one of which is there where they are.
  private static let usual = ["cri-containerd.apparmor.d", "docker-default"]

  private static let annotation = "container.apparmor.security.beta.kubernetes.io/"
  private static let local = "localhost/"
}
