import PodModel

/// What `describe` says of the objects that pods refer to, line for line as kubectl does. The
/// values of a Secret are never shown.
struct ObjectDescription {
  let object: any StoredKind

  var text: String {
    switch object {
    case let map as ConfigMap: text(of: map)
    case let secret as Secret: text(of: secret)
    case let preset as PodPreset: text(of: preset)
    case let account as ServiceAccount: text(of: account)
    default: identity.text
    }
  }

  private var identity: Description {
    var part = Description()
    part.add("Name", object.metadata.name)
    part.add("Namespace", object.metadata.place)
    part.add("Labels", lines: KeyedLines.labels(object.metadata.labels))
    part.add("Annotations", lines: KeyedLines.annotations(object.metadata.annotations))
    return part
  }

  private func text(of map: ConfigMap) -> String {
    let texts = map.data.sorted { $0.key < $1.key }.map { "\($0.key):\n----\n\($0.value)\n\n" }
    let sizes = map.binaryData.sorted { $0.key < $1.key }.map {
      "\($0.key): \($0.value.bytes.count) bytes\n"
    }
    return identity.text + "\n" + Self.heading("Data") + texts.joined() + "\n"
      + Self.heading("BinaryData") + sizes.joined() + "\nEvents:  <none>\n"
  }

  private func text(of secret: Secret) -> String {
    var sizes = Description()
    for (key, value) in secret.data.sorted(by: { $0.key < $1.key }) {
      sizes.add(key, "\(value.bytes.count) bytes")
    }
    return identity.text + "\nType:  \(secret.type ?? "Opaque")\n\n" + Self.heading("Data")
      + sizes.text
  }

  private func text(of account: ServiceAccount) -> String {
    var all = identity
    all.add("Image pull secrets", lines: account.imagePullSecrets.map(\.name))
    all.add("Mountable secrets", "<none>")
    all.add("Tokens", "<none>")
    all.add("Events", "<none>")
    return all.text
  }

  private func text(of preset: PodPreset) -> String {
    let spec = preset.spec
    var all = identity
    all.add("Selector", lines: spec.selector.terms)
    let container = Container().with {
      $0.env = spec.env
      $0.envFrom = spec.envFrom
    }
    all.add(EnvironmentDescription(container, of: Pod()).description)
    all.add("Mounts", lines: spec.volumeMounts.map { "\($0.mountPath) from \($0.name)" })
    all.add(VolumesDescription.of(spec.volumes))
    return all.text
  }

  private static func heading(_ title: String) -> String { "\(title)\n====\n" }
}
