extension KubeObject {
  /// The object in a file that podshim wrote itself.
  ///
  /// Types are checked; whether a field is acted upon was decided when the object was admitted.
  public static func stored(_ bytes: [UInt8], file: String) throws(PodError) -> Self {
    let text = YAMLText(bytes, file: file)
    if let problem = text.problems.first { throw problem }
    guard let root = text.documents.first else {
      throw PodError(file: file, message: "no object in this file")
    }
    return try stored(root, file: file)
  }

  /// The object that a tree of our own making describes.
  static func stored(_ root: Node, file: String?) throws(PodError) -> Self {
    var review = Review(file: file, source: root)
    let object = review.inside(.later) { Self.decode(root, at: FieldPath(), into: &$0) }
    if let error = review.errors.first { throw error }
    guard let object else { throw PodError(file: file, message: "no \(typeName) in this file") }
    return object
  }
}
