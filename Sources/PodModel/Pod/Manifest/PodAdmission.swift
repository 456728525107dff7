extension Pod {
  /// The pod that `node` describes, with the API server's defaults, after every check.
  ///
  /// What it says about its own status is dropped, as the API server drops it. The errors in
  /// `review` say what is wrong; the pod is only good when there are none.
  public static func admit(
    _ node: Node, at path: FieldPath, into review: inout Review
  ) -> Pod? {
    guard case .mapping(var mapping) = node.content else { return nil }
    mapping.entries.removeAll { $0.key == "status" }
    let bare = Node(.mapping(mapping), mark: node.mark)
    guard let pod = Pod.decode(bare, at: path, into: &review) else { return nil }
    pod.warn(at: path, into: &review)
    let complete = pod.withDefaults()
    complete.check(at: path, into: &review)
    return complete
  }

  /// Everything that the API server would object to, for a pod that no text describes.
  public func check() -> [PodError] {
    var review = Review()
    check(at: FieldPath(), into: &review)
    return review.errors
  }
}
