/// The manifest that an object was made from, kept on it as kubectl keeps it.
///
/// From it the next `apply` knows what of the object came from a manifest, and goes when the
/// manifest no longer says it, and what others have added, which stays.
public enum LastApplied {
  public static let annotation = "kubectl.kubernetes.io/last-applied-configuration"

  /// `object` with a note of the text that it was read from.
  public static func note<Object: NamedObject>(_ written: Node, on object: Object) -> Object {
    object.with { $0.metadata.annotations[annotation] = text(of: written) }
  }

  /// The object that is stored as `live` once `new`, which has its note, was applied to it.
  ///
  /// - Throws: when what the note says, or what the merge comes to, cannot be read.
  public static func merge<Object: NamedObject>(
    _ new: Object, into live: Object
  ) throws(PodError) -> Object {
    let last = try live.metadata.annotations[annotation].map { text throws(PodError) in
      let manifest = Manifest.read(text: text, file: "the annotation \(annotation)")
      if let error = manifest.errors.first, manifest.objects.isEmpty { throw error }
      return manifest.objects.first?.node
    }
    let merged = ThreeWayMerge(insists: true).merged(
      live.node, last: last ?? nil, new: new.node)
    return try Object.stored(merged, file: nil)
  }

  /// `written` itself with the note that `apply` would make of it.
  public static func noted(_ written: Node) -> Node {
    written.setting(place, to: .string(text(of: written)))
  }

  private static let place = ["metadata", "annotations", annotation]

  /// One line, without an earlier note that it may hold.
  private static func text(of written: Node) -> String {
    written.setting(place, to: nil).jsonText(isOneLine: true)
  }
}
