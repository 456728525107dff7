import PodModel

/// How far one pull is, as far as it was heard of, and how fast it comes.
struct PullProgress {
  let name: ImageReference
  private(set) var state: PullNews?
  private(set) var layers: [PullNews.Layer] = []
  /// Bytes in a second, by the digest of the layer.
  private(set) var rates: [String: Double] = [:]
  private var measured: [String: (at: Duration, bytes: Int64)] = [:]

  init(name: ImageReference) {
    self.name = name
  }

  var isDone: Bool {
    if case .done = state { return true }
    return false
  }

  var isOver: Bool {
    if case .failed = state { return true }
    return isDone
  }

  mutating func take(_ news: PullNews, at now: Duration) {
    state = news
    guard case .layers(let layers) = news else { return }
    for layer in layers {
      guard let last = measured[layer.digest] else {
        // What is here from the beginning did not come now.
        measured[layer.digest] = (now, layer.arrived)
        continue
      }
      let seconds: Double = (now - last.at) / .seconds(1)
      guard seconds >= 0.3 else { continue }
      let rate = Double(layer.arrived - last.bytes) / seconds
      // Half of it is what came last: a number that jumps cannot be read.
      rates[layer.digest] = rates[layer.digest].map { ($0 + rate) / 2 } ?? rate
      measured[layer.digest] = (now, layer.arrived)
    }
    self.layers = layers
  }
}
