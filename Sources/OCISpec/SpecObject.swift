/// One JSON object of the runtime or the image specification.
///
/// Every struct of this target is one: its property names are the keys of the JSON object, what the
/// specification lets one leave out is an `Optional`, and nil is never written. So no struct has
/// coding keys or a decoder of its own, and a document comes back as it was read.
public protocol SpecObject: Codable, Equatable, Sendable {}

extension SpecObject {
  /// A copy with some properties said: `Linux.Resources.CPU().with { $0.shares = 1024 }`.
  public func with<Failure: Error>(
    _ say: (inout Self) throws(Failure) -> Void
  ) throws(Failure) -> Self {
    var copy = self
    try say(&copy)
    return copy
  }
}
