import OCISpec

/// Who a container's process runs as: the pod's word, else the image's, else root.
///
/// Follows the kubelet with containerd: the group of an image's `user:group` does not count, the
/// primary group comes from the image's `passwd` unless `runAsGroup` says it, and the user's other
/// groups from the image's `group`; not those, where the pod's policy is `Strict`.
struct ProcessUser: Equatable {
  let uid: UInt32
  let gid: UInt32
  /// The primary group, the image's groups of the user, the pod's; each once.
  let groups: [UInt32]

  init(of container: Container, in pod: Pod, image: ImageFacts) throws(PlanError) {
    let own = container.securityContext
    let shared = pod.spec.securityContext
    if own?.runAsNonRoot ?? shared?.runAsNonRoot == true {
      try NonRoot(container: container.name, pod: pod.kubeletName)
        .check(own?.runAsUser ?? shared?.runAsUser, image)
    }
    let database = UserDatabase(passwd: image.passwd, group: image.group)
    let account: UserDatabase.User?
    if let id = own?.runAsUser ?? shared?.runAsUser {
      uid = try Self.id(id, "runAsUser")
      account = database.user(withID: uid)
    } else {
      (uid, account) = try Self.imageUser(image, database)
    }
    if let id = own?.runAsGroup ?? shared?.runAsGroup {
      gid = try Self.id(id, "runAsGroup")
    } else {
      gid = account?.gid ?? 0
    }
    var groups = [gid]
    if let account, shared?.supplementalGroupsPolicy != .strict {
      groups += database.groups(of: account.name)
    }
    if let id = shared?.fsGroup { groups.append(try Self.id(id, "fsGroup")) }
    for id in shared?.supplementalGroups ?? [] {
      groups.append(try Self.id(id, "supplementalGroups"))
    }
    self.groups = groups.withoutRepeats
  }

  var process: Process.User {
    Process.User().with {
      $0.uid = uid
      $0.gid = gid
      $0.additionalGids = groups
    }
  }

  private static func imageUser(
    _ image: ImageFacts, _ database: UserDatabase
  ) throws(PlanError) -> (UInt32, UserDatabase.User?) {
    let name = image.userName
    if name.isEmpty { return (0, database.user(withID: 0)) }
    if let uid = UInt32(name) { return (uid, database.user(withID: uid)) }
    guard let user = database.user(named: name) else {
      throw .creation(
        "unable to find user `\(name)` of the image: no matching entry in its `/etc/passwd`")
    }
    return (user.uid, user)
  }

  private static func id(_ id: Int, _ field: String) throws(PlanError) -> UInt32 {
    guard let id = UInt32(exactly: id) else {
      throw .configuration("\(field) \(id) is out of range: write a number from 0 to 2147483647")
    }
    return id
  }
}

/// What `runAsNonRoot` refuses, in the kubelet's words: root, and a name that could be root's.
private struct NonRoot {
  let container: String
  let pod: String

  func check(_ wanted: Int?, _ image: ImageFacts) throws(PlanError) {
    let place = "pod: \(pod.quoted), container: \(container)"
    if let wanted {
      guard wanted == 0 else { return }
      throw .configuration("container's runAsUser breaks non-root policy (\(place))")
    }
    let name = image.userName
    if let uid = name.isEmpty ? 0 : Int(name) {
      guard uid == 0 else { return }
      throw .configuration("container has runAsNonRoot and image will run as root (\(place))")
    }
    throw .configuration(
      "container has runAsNonRoot and image has non-numeric user (\(name)), cannot verify user is "
        + "non-root (\(place))")
  }
}

extension ImageFacts {
  /// What the image says of its user, without the group; empty when it says nothing.
  fileprivate var userName: String {
    String((config.config?.User ?? "").prefix { $0 != ":" })
  }
}

extension Array where Element: Hashable {
  /// The elements in their order, each only the first time.
  var withoutRepeats: [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
