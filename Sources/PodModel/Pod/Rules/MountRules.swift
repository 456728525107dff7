/// What the API server says about the volumes that a container mounts, and about the devices that
/// it opens.
extension Container {
  static func checkMounts(
    _ container: Container, _ surroundings: ContainerSurroundings, _ path: FieldPath,
    _ review: inout Review
  ) {
    let devices = Set(container.volumeDevices.map(\.name))
    let devicePaths = Set(container.volumeDevices.map(\.devicePath))
    var paths: Set<String> = []
    for (index, mount) in container.volumeMounts.enumerated() {
      let place = path.field("volumeMounts").index(index)
      mount.check(of: container, in: surroundings, place, &review)
      if devices.contains(mount.name) {
        review.invalid(place.field("name"), mount.name, "must not already exist in volumeDevices")
      }
      if mount.mountPath.isEmpty {
        review.require(place.field("mountPath"))
      } else if !paths.insert(mount.mountPath).inserted {
        review.invalid(place.field("mountPath"), mount.mountPath, "must be unique")
      } else if devicePaths.contains(mount.mountPath) {
        review.invalid(
          place.field("mountPath"), mount.mountPath,
          "must not already exist as a path in volumeDevices")
      }
    }
  }

  static func checkDevices(
    _ container: Container, _ surroundings: ContainerSurroundings, _ path: FieldPath,
    _ review: inout Review
  ) {
    let list = path.field("volumeDevices")
    if surroundings.spec.hostUsers == false, !container.volumeDevices.isEmpty {
      return review.forbid(list, "when `hostUsers` is false")
    }
    var names: Set<String> = []
    var paths: Set<String> = []
    for (index, device) in container.volumeDevices.enumerated() {
      let place = list.index(index)
      device.check(in: surroundings, place, &review)
      if !device.name.isEmpty, !names.insert(device.name).inserted {
        review.invalid(place.field("name"), device.name, "must be unique")
      }
      if !device.devicePath.isEmpty, !paths.insert(device.devicePath).inserted {
        review.invalid(place.field("devicePath"), device.devicePath, "must be unique")
      }
    }
  }
}

extension VolumeMount {
  fileprivate func check(
    of container: Container, in surroundings: ContainerSurroundings, _ path: FieldPath,
    _ review: inout Review
  ) {
    if name.isEmpty {
      review.require(path.field("name"))
    } else {
      _ = surroundings.volume(name, path.field("name"), &review)
    }
    let expression = subPathExpr ?? ""
    review.checkText(subPath, path.field("subPath"), Names.descendingPath)
    review.checkText(subPathExpr, path.field("subPathExpr"), Names.descendingPath)
    if !expression.isEmpty, subPath?.isEmpty == false {
      review.invalid(
        path.field("subPathExpr"), expression,
        "subPathExpr and subPath are mutually exclusive")
    }
    if mountPropagation == .bidirectional, container.securityContext?.privileged != true {
      review.forbid(
        path.field("mountPropagation"),
        "Bidirectional mount propagation is available only to privileged containers")
    }
    checkRecursion(path.field("recursiveReadOnly"), &review)
  }

  private func checkRecursion(_ path: FieldPath, _ review: inout Review) {
    guard let recursiveReadOnly, recursiveReadOnly != .disabled else { return }
    if readOnly != true {
      return review.forbid(path, "may only be specified when readOnly is true")
    }
    if mountPropagation ?? .isolated != .isolated {
      review.forbid(path, "may only be specified when mountPropagation is None or not specified")
    }
  }
}

extension VolumeDevice {
  fileprivate func check(
    in surroundings: ContainerSurroundings, _ path: FieldPath, _ review: inout Review
  ) {
    let place = path.field("name")
    if name.isEmpty {
      review.require(place)
    } else if let volume = surroundings.volume(name, place, &review),
      !volume.sources.contains("persistentVolumeClaim"), !volume.sources.contains("ephemeral")
    {
      review.invalid(
        place, name,
        "can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode")
    }
    review.checkName(devicePath, path.field("devicePath")) { path in
      Names.stepsBack(path) ? "can not contain backsteps ('..')" : nil
    }
  }
}
