import OCISpec

/// How the volumes of one container are mounted in it: from where, writable or not, and what
/// becomes of mounts that are made later.
struct VolumeBinds {
  let plan: Plan
  let container: Container
  let facts: RunFacts

  func all() throws(PlanError) -> [Bind] {
    let parts = Set(try plan.subPaths(of: container).map(\.index))
    var binds: [Bind] = []
    for (index, mount) in container.volumeMounts.enumerated() {
      guard let source = plan.paths.volumes[mount.name] else {
        throw .configuration(
          "cannot find volume `\(mount.name)` to mount into container `\(container.name)`")
      }
      let volume = plan.pod.spec.volumes.first { $0.name == mount.name }
      var bind = Bind(
        place: ContainerPath(mount.mountPath),
        source: parts.contains(index) ? "\(facts.subPaths)/\(index)" : source)
      bind.access = try access(mount, isReadOnly: volume?.isReadOnly == true)
      bind.propagation = (mount.mountPropagation ?? .isolated).mountOption
      // Programs of an image volume are not for running (KEP 4639).
      bind.isExecutable = volume?.image == nil
      binds.append(bind)
    }
    return binds
  }

  /// In the words of the kubelet (`resolveRecursiveReadOnly`).
  private func access(_ mount: VolumeMount, isReadOnly: Bool) throws(PlanError) -> String {
    guard mount.readOnly == true || isReadOnly else { return "rw" }
    let isSupported = plan.host.recursiveReadOnly == true
    switch mount.recursiveReadOnly ?? .disabled {
    case .disabled: return "ro"
    case .ifPossible: return isSupported ? "rro" : "ro"
    case .enabled:
      guard isSupported else {
        throw .configuration(
          "volume \"\(mount.name)\" requested recursive read-only mode, but it is not supported "
            + "by the runtime")
      }
      return "rro"
    }
  }
}

/// A volume that a container gets as a device node.
struct VolumeDeviceNode {
  var node: Linux.Device
  var readOnly: Bool
}

extension ContainerPlan {
  func volumeDevices() throws(PlanError) -> [VolumeDeviceNode] {
    var devices: [VolumeDeviceNode] = []
    for device in container.volumeDevices {
      guard var node = facts.devices[device.name] else {
        throw .configuration(
          "cannot find volume `\(device.name)` to pass into container `\(container.name)`")
      }
      node.path = ContainerPath(device.devicePath).description
      let volume = plan.pod.spec.volumes.first { $0.name == device.name }
      devices.append(VolumeDeviceNode(node: node, readOnly: volume?.isReadOnly == true))
    }
    return devices
  }
}

extension Container {
  /// What the container's root must let through for its volumes; nil where nothing passes.
  var rootPropagation: RootfsPropagation? {
    let wanted = volumeMounts.compactMap(\.mountPropagation)
    if wanted.contains(.bidirectional) { return .shared }
    return wanted.contains(.hostToContainer) ? .slave : nil
  }
}

extension MountPropagation {
  var mountOption: String {
    switch self {
    case .isolated: "rprivate"
    case .hostToContainer: "rslave"
    case .bidirectional: "rshared"
    }
  }
}
