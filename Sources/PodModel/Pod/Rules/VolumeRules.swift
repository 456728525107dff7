/// What the API server says about the volumes of a pod: one source each, and that a good one.
extension PodSpec {
  static func checkVolumes(
    _ spec: PodSpec, _ path: FieldPath, _ review: inout Review
  ) {
    var seen: Set<String> = []
    for (index, volume) in spec.volumes.enumerated() {
      let place = path.field("volumes").index(index)
      review.checkName(volume.name, place.field("name"), Names.label)
      if !volume.name.isEmpty, !seen.insert(volume.name).inserted {
        review.duplicate(place.field("name"), volume.name)
      }
      for second in volume.sources.dropFirst() {
        review.forbid(place.field(second), "may not specify more than 1 volume type")
      }
      volume.check(in: spec, place, &review)
    }
  }
}

extension Volume {
  fileprivate func check(in spec: PodSpec, _ path: FieldPath, _ review: inout Review) {
    emptyDir?.check(path.field("emptyDir"), &review)
    hostPath?.check(path.field("hostPath"), &review)
    if let configMap {
      let place = path.field("configMap")
      review.checkName(configMap.name, place.field("name"), Names.subdomain)
      review.checkItems(configMap.items, mode: configMap.defaultMode, place)
    }
    if let secret {
      let place = path.field("secret")
      review.checkName(secret.secretName, place.field("secretName"), Names.subdomain)
      review.checkItems(secret.items, mode: secret.defaultMode, place)
    }
    if let downwardAPI {
      let place = path.field("downwardAPI")
      review.checkMode(downwardAPI.defaultMode, place.field("defaultMode"))
      review.checkFiles(downwardAPI.items, in: spec, place)
    }
    projected?.check(in: spec, path.field("projected"), &review)
    if let claim = persistentVolumeClaim {
      // No claim has a name that is none; here it would be part of a path, too.
      let place = path.field("persistentVolumeClaim")
      review.checkName(claim.claimName, place.field("claimName"), Names.subdomain)
    }
    if image?.reference.isEmpty == true {
      review.require(path.field("image").field("reference"))
    }
  }
}

extension EmptyDirVolumeSource {
  fileprivate func check(_ path: FieldPath, _ review: inout Review) {
    if let sizeLimit, sizeLimit.milliValue < 0 {
      review.forbid(
        path.field("sizeLimit"), "SizeLimit field must be a valid resource quantity")
    }
    let known = ["", "HugePages", "Memory"]
    guard let medium, !known.contains(medium), !isOfPages(medium) else { return }
    // The API server takes any word; the kubelet then fails each time.
    review.refuseUnsupported(
      medium, among: ["", "HugePages", "HugePages-<size>", "Memory"], at: path.field("medium"))
  }

  private func isOfPages(_ medium: String) -> Bool {
    let start = "HugePages-"
    guard medium.hasPrefix(start) else { return false }
    return Quantity(String(medium.dropFirst(start.count))).map { $0.value > 0 } ?? false
  }
}

extension HostPathVolumeSource {
  fileprivate func check(_ path: FieldPath, _ review: inout Review) {
    review.checkName(self.path, path.field("path")) { path in
      Names.stepsBack(path) ? "must not contain '..'" : nil
    }
  }
}

extension Review {
  /// The keys that a volume shows as files, each under a path of its own choice.
  mutating func checkItems(_ items: [KeyToPath], mode: Int?, _ path: FieldPath) {
    checkMode(mode, path.field("defaultMode"))
    for (index, item) in items.enumerated() {
      let place = path.field("items").index(index)
      checkName(item.key, place.field("key"), Names.configKey)
      checkName(item.path, place.field("path"), Names.filePath)
      checkMode(item.mode, place.field("mode"))
    }
  }

  /// The files that show something of the pod itself.
  mutating func checkFiles(
    _ files: [DownwardAPIVolumeFile], in spec: PodSpec, _ path: FieldPath
  ) {
    let known = [
      "metadata.annotations", "metadata.labels", "metadata.name", "metadata.namespace",
      "metadata.uid",
    ]
    for (index, file) in files.enumerated() {
      let place = path.field("items").index(index)
      checkName(file.path, place.field("path"), Names.filePath)
      checkMode(file.mode, place.field("mode"))
      file.fieldRef?.check(known, place.field("fieldRef"), &self)
      file.resourceFieldRef?.check(
        in: spec, isFile: true, place.field("resourceFieldRef"), &self)
      if file.fieldRef != nil, file.resourceFieldRef != nil {
        invalid(
          place, "resource", "fieldRef and resourceFieldRef can not be specified simultaneously")
      } else if file.fieldRef == nil, file.resourceFieldRef == nil {
        require(place, "one of fieldRef and resourceFieldRef is required")
      }
    }
  }
}
