import OCISpec

/// Who a container's process runs as: the pod's word, else the image's, else root.
///
/// Follows the kubelet with containerd: the group of an image's `user:group` does not count, the
/// primary group comes from the image's `passwd` unless `runAsGroup` says it, and the user's other
/// groups from the image's `group`.
struct ProcessUser: Equatable {
  let uid: UInt32
  let gid: UInt32
  /// The primary group, the image's groups of the user, the pod's; each once.
  let groups: [UInt32]

  init(of container: Container, in pod: Pod, image: ImageFacts) throws(PlanError) {
    let own = container.securityContext
    let shared = pod.spec.securityContext
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
    var groups = [gid] + (account.map { database.groups(of: $0.name) } ?? [])
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
    let text = image.config.config?.User ?? ""
    let name = String(text.prefix { $0 != ":" })
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

extension Array where Element: Hashable {
  /// The elements in their order, each only the first time.
  var withoutRepeats: [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
