import PodModel

/// What is shown of pulls, as text: bars for a terminal, lines for everything else.
enum PullText {
  /// A line for each image and one for each of its layers; without the layers where there are more
  /// of them than rows.
  static func bars(_ pulls: [PullProgress], columns: Int, rows: Int) -> [String] {
    let all = pulls.flatMap { pull in [header(pull)] + layers(pull, columns: columns) }
    let lines = all.count <= rows ? all : pulls.map(summary)
    return lines.suffix(rows).map { String($0.prefix(max(columns - 1, 1))) }
  }

  /// Everything that can be said of it by now; what was said before is said again.
  static func lines(_ pull: PullProgress) -> [String] {
    let begun = ["\(pull.name): pulling"]
    let layers = pull.layers.filter(\.isHere).map {
      "\(pull.name): layer \(short($0.digest)) is here (\(ImagesCommand.size($0.size)))"
    }
    switch pull.state {
    case .unpacking: return begun + layers + ["\(pull.name): unpacking"]
    case .done(let result): return begun + layers + ["\(pull.name): \(end(result))"]
    default: return begun + layers
    }
  }

  private static func header(_ pull: PullProgress) -> String { "\(pull.name): \(state(pull))" }

  private static func summary(_ pull: PullProgress) -> String {
    guard case .layers = pull.state else { return header(pull) }
    let arrived = pull.layers.reduce(0) { $0 + $1.arrived }
    let size = pull.layers.reduce(0) { $0 + $1.size }
    let rate = pull.rates.values.reduce(0, +)
    return "\(pull.name): \(amount(arrived, of: size, rate: rate))"
  }

  private static func state(_ pull: PullProgress) -> String {
    switch pull.state {
    case nil: "asking the registry"
    case .layers: "pulling"
    case .unpacking: "unpacking"
    case .done(let result): end(result)
    case .failed: "failed"
    }
  }

  private static func end(_ result: PullNews.Result) -> String {
    guard result.isNew else { return "up to date (\(result.digest))" }
    let time = Duration.milliseconds(result.milliseconds).goText
    return "pulled in \(time), \(ImagesCommand.size(result.size)) (\(result.digest))"
  }

  private static func layers(_ pull: PullProgress, columns: Int) -> [String] {
    if pull.isOver { return [] }
    return pull.layers.map { layer in
      let name = "  \(short(layer.digest)) "
      if layer.isHere { return name + ImagesCommand.size(layer.size) }
      let amount = amount(layer.arrived, of: layer.size, rate: pull.rates[layer.digest] ?? 0)
      let width = min(columns - name.count - 40, 40)
      return name + (width > 4 ? bar(layer, width: width) + " " : "") + amount
    }
  }

  private static func bar(_ layer: PullNews.Layer, width: Int) -> String {
    let done = layer.size > 0 ? Int(Int64(width) * layer.arrived / layer.size) : width
    let filled = String(repeating: "=", count: min(done, width))
    return "[" + filled + String(repeating: " ", count: width - filled.count) + "]"
  }

  private static func amount(_ arrived: Int64, of size: Int64, rate: Double) -> String {
    "\(ImagesCommand.size(arrived)) of \(ImagesCommand.size(size))"
      + (rate > 0 ? ", \(ImagesCommand.size(Int64(rate)))/s" : "")
  }

  private static func short(_ digest: String) -> String {
    (try? Digest(digest).short) ?? digest
  }
}
