/// Objects that are kept for pods to refer to, as the API server takes them in.
///
/// A pod is not among them: it is admitted by `Pod.admit`, and it lives.
public protocol StoredKind: NamedObject {
  /// With what the API server fills in.
  func withDefaults() -> Self

  /// Everything that the API server would object to.
  func check(at path: FieldPath, into review: inout Review)

  /// What of a stored object may not become something else.
  func checkUpdate(of old: Self, at path: FieldPath, into review: inout Review)
}

extension StoredKind {
  public func withDefaults() -> Self { self }

  public func check(at path: FieldPath, into review: inout Review) {
    metadata.check(at: path.field("metadata"), into: &review)
  }

  public func checkUpdate(of old: Self, at path: FieldPath, into review: inout Review) {}

  public static func admit(_ node: Node, at path: FieldPath, into review: inout Review) -> Self? {
    guard let object = decode(node, at: path, into: &review) else { return nil }
    object.check(at: path, into: &review)
    return object.withDefaults()
  }

  /// What is wrong with storing this object in the place of `old`.
  public func objections(to old: Self) -> [PodError] {
    var review = Review()
    checkUpdate(of: old, at: FieldPath(), into: &review)
    return review.errors
  }
}

extension Secret: StoredKind {
  public static var objectKind: Kind { .secret }

  /// Texts are merged over the bytes, and are gone (API server, `Secret` conversion).
  public func withDefaults() -> Secret {
    with {
      $0.type = type.flatMap { $0.isEmpty ? nil : $0 } ?? "Opaque"
      for (key, text) in stringData { $0.data[key] = Base64(Array(text.utf8)) }
      $0.stringData = [:]
    }
  }
}

extension ConfigMap: StoredKind {
  public static var objectKind: Kind { .configMap }
}

extension PodPreset: StoredKind {
  public static var objectKind: Kind { .podPreset }
}

extension ServiceAccount: StoredKind {
  public static var objectKind: Kind { .serviceAccount }
}
