/// Several pieces of work that go on side by side: what comes after them is done once, when the
/// last of them is over, with the first failure that any of them met.
final class Rendezvous {
  private var awaited: Int
  private var failure: String?
  private let then: (String?) -> Void

  init(of count: Int, then: @escaping (String?) -> Void) {
    awaited = count
    self.then = then
  }

  /// One of them is over.
  func arrive(_ failure: String? = nil) {
    awaited -= 1
    self.failure = self.failure ?? failure
    if awaited == 0 { then(self.failure) }
  }
}
