extension ObjectMeta {
  /// What the object is marked with when it is stored anew. Only what is stored counts: what
  /// happens to a pod makes no version of it.
  public var nextVersion: String {
    "\((resourceVersion.flatMap { Int($0) } ?? 0) + 1)"
  }

  /// False when a change was made for a version that others have changed since; nil and "" are
  /// made for any.
  public func isVersion(_ wanted: String?) -> Bool {
    wanted?.isEmpty ?? true || wanted == resourceVersion
  }
}
