/// What the presets of a namespace make of a new pod: all that fit are merged into it, or, when one
/// of them contradicts the pod or another, none.
///
/// The rules are those of the admission plugin that Kubernetes had until 1.19.
public enum PodPresetMerge: Equatable, Sendable {
  /// No preset fits.
  case untouched
  /// The pod with what the presets bring, and an annotation for each of them.
  case merged(Pod)
  /// The pod stays as it is; why.
  case conflict(String)

  private static let domain = "podpreset.admission.kubernetes.io/"

  /// Presets are taken by name. A pod may say that it wants none.
  public init(of pod: Pod, with presets: [PodPreset]) {
    let fitting = presets.filter { $0.spec.selector.selects(pod.metadata.labels) }
      .sorted { $0.metadata.name < $1.metadata.name }
    guard !fitting.isEmpty, pod.metadata.annotations[Self.domain + "exclude"] != "true" else {
      self = .untouched
      return
    }
    do throws(Conflict) {
      var merged = pod
      for preset in fitting { try merged.take(preset.spec, from: preset.metadata.name) }
      for preset in fitting {
        merged.metadata.annotations[Self.key(preset)] = preset.metadata.resourceVersion ?? ""
      }
      merged = merged.withDefaults()
      // What the merge made wrong, a pod without presets would not have been.
      if let error = merged.check().first { throw Conflict(message: "\(error)") }
      self = .merged(merged)
    } catch {
      self = .conflict(error.message)
    }
  }

  private static func key(_ preset: PodPreset) -> String {
    domain + "podpreset-" + preset.metadata.name
  }

  fileprivate struct Conflict: Error {
    var message: String
  }
}

extension Pod {
  fileprivate mutating func take(
    _ preset: PodPresetSpec, from name: String
  ) throws(PodPresetMerge.Conflict) {
    try spec.volumes.merge(preset.volumes, by: \.name, what: "volumes", preset: name)
    for index in spec.containers.indices {
      try spec.containers[index].take(preset, from: name)
    }
    for index in spec.initContainers.indices {
      try spec.initContainers[index].take(preset, from: name)
    }
  }
}

extension Container {
  fileprivate mutating func take(
    _ preset: PodPresetSpec, from name: String
  ) throws(PodPresetMerge.Conflict) {
    try env.merge(preset.env, by: \.name, what: "env", preset: name)
    envFrom += preset.envFrom
    let places = Dictionary(
      volumeMounts.map { ($0.mountPath, $0) }, uniquingKeysWith: { first, _ in first })
    for mount in preset.volumeMounts {
      guard let taken = places[mount.mountPath], taken != mount else { continue }
      throw PodPresetMerge.Conflict(
        message: "merging volume mounts for \(name) has a conflict on mount path "
          + "\(mount.mountPath)")
    }
    try volumeMounts.merge(preset.volumeMounts, by: \.name, what: "volume mounts", preset: name)
  }
}

extension Array where Element: Equatable {
  /// Adds what is not there; what is there under the same name must be the same.
  fileprivate mutating func merge(
    _ others: [Element], by name: (Element) -> String, what: String, preset: String
  ) throws(PodPresetMerge.Conflict) {
    for other in others {
      guard let own = first(where: { name($0) == name(other) }) else {
        append(other)
        continue
      }
      guard own == other else {
        throw PodPresetMerge.Conflict(
          message: "merging \(what) for \(preset) has a conflict on \(name(other))")
      }
    }
  }
}
