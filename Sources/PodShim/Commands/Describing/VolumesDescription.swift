import PodModel

/// The volumes of a pod as `describe` shows them: each type in its own words.
enum VolumesDescription {
  static func of(_ volumes: [Volume]) -> Description {
    var all = Description()
    for volume in volumes { all.add(volume.name, source(of: volume)) }
    var part = Description()
    part.add("Volumes", all, orNone: true)
    return part
  }

  private static func source(of volume: Volume) -> Description {
    if let source = volume.emptyDir { return emptyDir(source) }
    if let source = volume.hostPath { return hostPath(source) }
    if let source = volume.configMap {
      return object(
        "ConfigMap (a volume populated by a ConfigMap)", "Name", source.name, source.optional)
    }
    if let source = volume.secret {
      return object(
        "Secret (a volume populated by a Secret)", "SecretName", source.secretName,
        source.optional)
    }
    if let source = volume.downwardAPI { return downwardAPI(source) }
    if let source = volume.projected { return projected(source) }
    if let source = volume.image { return image(source) }
    if let source = volume.persistentVolumeClaim { return claim(source) }
    return remote(volume.remote)
  }

  private static func emptyDir(_ source: EmptyDirVolumeSource) -> Description {
    var part = Description()
    part.add("Type", "EmptyDir (a temporary directory that shares a pod's lifetime)")
    part.add("Medium", source.medium ?? "")
    part.add("SizeLimit", source.sizeLimit.map { $0.value > 0 ? $0.text : "<unset>" } ?? "<unset>")
    return part
  }

  private static func hostPath(_ source: HostPathVolumeSource) -> Description {
    var part = Description()
    part.add("Type", "HostPath (bare host directory volume)")
    part.add("Path", source.path)
    part.add("HostPathType", source.type?.rawValue ?? Description.none)
    return part
  }

  private static func object(
    _ type: String, _ label: String, _ name: String, _ optional: Bool?
  ) -> Description {
    var part = Description()
    part.add("Type", type)
    part.add(label, name)
    part.add("Optional", "\(optional ?? false)")
    return part
  }

  private static func downwardAPI(_ source: DownwardAPIVolumeSource) -> Description {
    var part = Description()
    part.add("Type", "DownwardAPI (a volume populated by information about the pod)")
    var items = Description()
    for item in source.items {
      let field = item.fieldRef?.fieldPath ?? item.resourceFieldRef?.resource ?? ""
      items.addRow(["\(field) -> \(item.path)"])
    }
    part.add("Items", items)
    return part
  }

  private static func projected(_ source: ProjectedVolumeSource) -> Description {
    var part = Description()
    part.add(
      "Type", "Projected (a volume that contains injected data from multiple sources)")
    for source in source.sources {
      if let secret = source.secret {
        part.add("SecretName", secret.name)
        part.add("Optional", "\(secret.optional ?? false)")
      } else if source.downwardAPI != nil {
        part.add("DownwardAPI", "true")
      } else if let map = source.configMap {
        part.add("ConfigMapName", map.name)
        part.add("Optional", "\(map.optional ?? false)")
      } else if let token = source.serviceAccountToken {
        part.add("TokenExpirationSeconds", "\(token.expirationSeconds ?? 3600)")
      }
    }
    return part
  }

  private static func image(_ source: ImageVolumeSource) -> Description {
    var part = Description()
    part.add("Type", "Image (a container image or OCI artifact)")
    part.add("Reference", source.reference)
    part.add("PullPolicy", source.pullPolicy?.rawValue ?? "")
    return part
  }

  private static func claim(_ source: PersistentVolumeClaimVolumeSource) -> Description {
    var part = Description()
    part.add(
      "Type",
      "PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)")
    part.add("ClaimName", source.claimName)
    part.add("ReadOnly", "\(source.readOnly ?? false)")
    return part
  }

  /// Storage from elsewhere, which no pod here has yet.
  private static func remote(_ sources: RemoteVolumeSources) -> Description {
    var part = Description()
    if case .mapping(let fields) = sources.node.content, let first = fields.entries.first {
      part.add("Type", first.key)
    } else {
      part.addRow(["<unknown>"])
    }
    return part
  }
}
