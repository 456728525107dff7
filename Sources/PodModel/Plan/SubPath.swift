/// The part of a volume that one mount of a container shows, its variables filled in.
///
/// Its text is checked as the kubelet checks it. That it does not lead out of the volume by links
/// is for whoever opens it.
public struct SubPath: Equatable, Sendable {
  /// The mount's number in the container's list.
  public var index: Int
  /// The name of the volume.
  public var volume: String
  public var path: String
}

extension Plan {
  /// What has to be opened before the container can be run.
  public func subPaths(of container: Container) throws(PlanError) -> [SubPath] {
    guard container.volumeMounts.contains(where: \.hasSubPath) else { return [] }
    let declared = try DeclaredVariables(of: container, in: self).variables
    let expansion = Expansion(variables: declared.values)
    var found: [SubPath] = []
    for (index, mount) in container.volumeMounts.enumerated() where mount.hasSubPath {
      let path = try mount.expandedSubPath(expansion)
      found.append(SubPath(index: index, volume: mount.name, path: path))
    }
    return found
  }
}

extension VolumeMount {
  /// Shows a part of its volume only.
  fileprivate var hasSubPath: Bool { !(subPath ?? "").isEmpty || !(subPathExpr ?? "").isEmpty }

  /// In the words of the kubelet (`makeMounts`, `ExpandContainerVolumeMounts`).
  fileprivate func expandedSubPath(_ expansion: Expansion) throws(PlanError) -> String {
    var path = subPath ?? ""
    if let template = subPathExpr, !template.isEmpty {
      var missing: Set<String> = []
      path = expansion.expand(template, missing: &missing)
      guard missing.isEmpty else {
        throw .configuration("missing value for \(missing.sorted().joined(separator: ", "))")
      }
    }
    if path.hasPrefix("/") {
      throw .configuration("error SubPath `\(path)` must not be an absolute path")
    }
    if path.split(separator: "/").contains("..") {
      throw .configuration("unable to provision SubPath `\(path)`: must not contain '..'")
    }
    return path
  }
}
