/// Which words about an object are meant: those that it is chosen by, or notes.
public enum MetadataMap: Sendable {
  case labels, annotations

  /// `label`
  public var word: String { self == .labels ? "label" : "annotation" }
  /// Where they are in a tree.
  public var path: [String] { ["metadata", self == .labels ? "labels" : "annotations"] }
  public var place: WritableKeyPath<ObjectMeta, [String: String]> {
    self == .labels ? \.labels : \.annotations
  }
}
