public import OCISpec

/// Which namespaces the containers of a pod share, and which each has for itself.
///
/// The pause container makes what the pod shares, the others join it there. What the pod takes
/// from the host is named by neither: a type that a bundle does not name is the host's.
struct PodNamespaces: Equatable {
  /// What the pause container makes for all.
  private let shared: [NamespaceType]
  /// Whether the process IDs are the pod's, a container's own, or the host's.
  private let processes: Processes
  private let hasCgroupNamespace: Bool

  private enum Processes {
    case pod
    case container
    case host
  }

  init(_ spec: PodSpec, host: HostFacts) {
    var shared: [NamespaceType] = spec.hostUsers == false ? [.user] : []
    if spec.hostNetwork != true { shared.append(.network) }
    if spec.hostIPC != true { shared.append(.ipc) }
    // The host name belongs to the network: a pod on the host's network has the host's name.
    if spec.hostNetwork != true { shared.append(.uts) }
    self.shared = shared
    processes =
      spec.hostPID == true ? .host : spec.shareProcessNamespace == true ? .pod : .container
    // On cgroup v1 neither containerd nor the kubelet uses one.
    hasCgroupNamespace = host.cgroupVersion == 2
  }

  var ofSandbox: [Linux.Namespace] {
    var types: [NamespaceType] = processes == .host ? [] : [.pid]
    types += shared
    types.append(.mount)
    if hasCgroupNamespace { types.append(.cgroup) }
    return types.map { Linux.Namespace(type: $0) }
  }

  /// - Parameters:
  ///   - pausePID: process ID of the pause container, as the runtime's host sees it.
  ///   - targetPID: that of the process whose PID namespace is joined.
  func ofContainer(
    pausePID: String, targetPID: String?, isPrivileged: Bool
  ) -> [Linux.Namespace] {
    func joined(_ type: NamespaceType, _ file: String) -> Linux.Namespace {
      Linux.Namespace(type: type, path: PodNamespaces.path(of: file, pausePID: pausePID))
    }
    var namespaces: [Linux.Namespace] = []
    switch processes {
    case .pod: namespaces.append(joined(.pid, "pid"))
    case .container:
      let target = targetPID.map { PodNamespaces.path(of: "pid", pausePID: $0) }
      namespaces.append(Linux.Namespace(type: .pid, path: target))
    case .host: break
    }
    for type in shared { namespaces.append(joined(type, type == .network ? "net" : type.rawValue)) }
    namespaces.append(Linux.Namespace(type: .mount))
    if hasCgroupNamespace, !isPrivileged { namespaces.append(Linux.Namespace(type: .cgroup)) }
    return namespaces
  }

  fileprivate static func path(of file: some StringProtocol, pausePID: String) -> String {
    "/proc/\(pausePID)/ns/\(file)"
  }
}

extension Spec {
  /// Has a container that was planned with an empty `pausePID`, before there was a pause, join it.
  public mutating func join(pausePID: String) {
    let unjoined = PodNamespaces.path(of: "", pausePID: "")
    for index in (linux?.namespaces ?? []).indices {
      guard let path = linux?.namespaces?[index].path, path.hasPrefix(unjoined) else { continue }
      let file = path.dropFirst(unjoined.count)
      linux?.namespaces?[index].path = PodNamespaces.path(of: file, pausePID: pausePID)
    }
  }
}
