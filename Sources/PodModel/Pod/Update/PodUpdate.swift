/// What a change to a pod in place comes to: the pod as it is stored then, or all that forbids it.
///
/// Only what the API server lets change may change; what the server itself wrote on the pod stays,
/// whatever the new manifest says or leaves out. With any error the pod must not be stored.
public struct PodUpdate: Sendable {
  public let pod: Pod
  public let errors: [PodError]
  /// False when the pod is to be what it is already.
  public let isChange: Bool
  /// The containers, init containers among them, that get another image.
  public let newImages: [String]

  /// `new` is a pod with its defaults, from a manifest or made from `old`; `file` and `source`
  /// say where it was written.
  public init(of old: Pod, to new: Pod, file: String? = nil, source: Node? = nil) {
    let merged = new.keepingMarks(of: old)
    var review = Review(file: file, source: source)
    review.checkIdentity(of: new.metadata, against: old.metadata)
    let bare = merged.with { $0.spec.ephemeralContainers = [] }
    bare.check(at: FieldPath(), into: &review)
    merged.checkClass(of: old, "spec", &review)
    merged.spec.checkUpdate(of: old.spec, into: &review)
    self.init(of: old, to: merged, errors: review.errors)
  }

  /// `debug`: one container more, to look inside.
  public init(of old: Pod, adding container: EphemeralContainer) {
    let new = old.with { $0.spec.ephemeralContainers.append(container) }.withDefaults()
    var review = Review()
    let place = FieldPath("spec").field("ephemeralContainers")
      .index(old.spec.ephemeralContainers.count)
    if let added = new.spec.ephemeralContainers.last {
      added.check(in: old.spec, place, &review)
    }
    self.init(of: old, to: new, errors: review.errors)
  }

  private init(of old: Pod, to new: Pod, errors: [PodError]) {
    // Compared as trees: what is kept unread has its keys in the order of its file.
    let isNewSpec = SpecDifference.exists(from: old.spec.node, to: new.spec.node)
    let isChange = isNewSpec || SpecDifference.exists(from: old.node, to: new.node)
    pod = new.with {
      if isNewSpec { $0.metadata.generation = (old.metadata.generation ?? 1) + 1 }
      if isChange { $0.metadata.resourceVersion = old.metadata.nextVersion }
    }
    self.isChange = isChange
    self.errors = errors
    let pairs =
      Array(zip(old.spec.initContainers, new.spec.initContainers))
      + zip(old.spec.containers, new.spec.containers)
    newImages = pairs.filter { $0.image != $1.image }.map(\.1.name)
  }
}

extension Pod {
  /// This pod with what the server wrote on `old`, and only labels and annotations of its own.
  fileprivate func keepingMarks(of old: Pod) -> Pod {
    var kept = self
    kept.metadata = old.metadata
    kept.metadata.labels = metadata.labels
    kept.metadata.annotations = metadata.annotations
    kept.status = old.status
    if spec.nodeName == nil { kept.spec.nodeName = old.spec.nodeName }
    if spec.ephemeralContainers.isEmpty {
      kept.spec.ephemeralContainers = old.spec.ephemeralContainers
    }
    kept.spec.containers.keepPolicies(of: old.spec.containers)
    kept.spec.initContainers.keepPolicies(of: old.spec.initContainers)
    return kept
  }
}

extension [Container] {
  /// The usual pull policy depends on the image's tag. Where the new one is only what is usual, a
  /// manifest that names another tag did not mean to change it.
  fileprivate mutating func keepPolicies(of old: [Container]) {
    for (index, before) in zip(indices, old) {
      let after = self[index]
      if after.image != before.image, after.imagePullPolicy == .usual(for: after.image) {
        self[index].imagePullPolicy = before.imagePullPolicy
      }
    }
  }
}

extension Review {
  fileprivate mutating func checkIdentity(of new: ObjectMeta, against old: ObjectMeta) {
    let path: FieldPath = "metadata"
    let identity = [
      ("name", new.name, old.name), ("namespace", new.namespace, old.namespace ?? "default"),
      ("uid", new.uid, old.uid),
    ]
    for (name, after, before) in identity {
      guard let after, !after.isEmpty, after != before else { continue }
      invalid(path.field(name), after, "field is immutable")
    }
  }
}
