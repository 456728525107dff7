/// What somebody made of an object in an editor, for which time passed: what they changed is so,
/// and what others have changed meanwhile stays.
///
/// Where both have changed the same thing, the one who saves last is right, as with `kubectl edit`.
public struct Edited<Object: NamedObject>: Sendable {
  /// As it was when the editor began.
  private let original: Object
  private let edited: Object

  public init(_ edited: Object, from original: Object) {
    self.original = original
    self.edited = edited
  }

  /// The version that the object must have: none, unless somebody wrote one.
  public var version: String? {
    let version = edited.metadata.resourceVersion
    return version == original.metadata.resourceVersion ? nil : version
  }

  /// The object that is stored as `live` once the changes were made to it.
  ///
  /// - Throws: when what the merge comes to cannot be read.
  public func merged(into live: Object) throws(PodError) -> Object {
    let merged = ThreeWayMerge(insists: false).merged(
      live.node, last: original.node, new: edited.node)
    return try Object.stored(merged, file: nil)
  }
}
