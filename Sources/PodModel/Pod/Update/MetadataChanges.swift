/// What is to be done with labels or annotations: `KEY=VALUE` gives one, `KEY-` takes one away.
///
/// Reads such words and makes the changes, by kubectl's rules and in its words; whoever asks stores
/// the outcome and says it.
public struct MetadataChanges: Sendable {
  public let map: MetadataMap
  private let changes: [(key: String, value: String?)]
  /// What is there may get another value.
  private let overwrites: Bool

  public init(
    _ map: MetadataMap, _ words: some Sequence<String>, overwrites: Bool
  ) throws(Problem) {
    self.map = map
    self.overwrites = overwrites
    var changes: [(key: String, value: String?)] = []
    for word in words { changes.append(try Self.change(word, map)) }
    self.changes = changes
    let added = Set(changes.filter { $0.value != nil }.map(\.key))
    let both = changes.filter { $0.value == nil && added.contains($0.key) }.map(\.key)
    guard both.isEmpty else {
      throw .misuse(
        "can not both modify and remove "
          + (map == .labels
            ? "a label in the same command"
            : "the following annotation(s) in the same command: \(both.joined(separator: ", "))"))
    }
  }

  public var isEmpty: Bool { changes.isEmpty }
  public var keys: [String] { changes.map(\.key) }

  public static func isChange(_ word: String) -> Bool {
    word.contains("=") || word.hasSuffix("-")
  }

  /// Why something is not done.
  public enum Problem: Error, Equatable, CustomStringConvertible {
    /// The words make no sense, whatever they are about.
    case misuse(String)
    case refusal(String)

    public var description: String {
      switch self {
      case .misuse(let text), .refusal(let text): text
      }
    }
  }

  /// What the changes have come to.
  public struct Outcome: Equatable, Sendable {
    /// All that there are then.
    public var words: [String: String] = [:]
    /// kubectl's word for it: `labeled`.
    public var word = ""
    /// Labels that were to go, and were not there.
    public var missing: [String] = []

    public init() {}
  }

  /// - Throws: when one has another value already and may not lose it.
  public func made(to before: [String: String]) throws(Problem) -> Outcome {
    let taken = changes.compactMap { key, value -> String? in
      guard let value, let old = before[key], old != value, !overwrites else { return nil }
      return "'\(key)' already has a value (\(old))"
    }
    guard taken.isEmpty else {
      let list = taken.joined(separator: "; ")
      throw .refusal(
        map == .labels
          ? "\(list), and --overwrite is false"
          : "--overwrite is false but found the following declared annotation(s): \(list)")
    }
    var outcome = Outcome()
    outcome.words = before
    for (key, value) in changes {
      if map == .labels, value == nil, outcome.words[key] == nil { outcome.missing.append(key) }
      outcome.words[key] = value
    }
    outcome.word = word(isChange: outcome.words != before)
    return outcome
  }

  private func word(isChange: Bool) -> String {
    if map == .annotations { return "annotated" }
    if !isChange { return "not labeled" }
    return changes.contains { $0.value != nil } ? "labeled" : "unlabeled"
  }

  private static func change(
    _ word: String, _ map: MetadataMap
  ) throws(Problem) -> (key: String, value: String?) {
    guard isChange(word) else {
      throw .misuse("all resources must be specified before \(map.word) changes: \(word)")
    }
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else { return (String(word.dropLast()), nil) }
    let (key, value) = (String(parts[0]), String(parts[1]))
    if map == .labels, let reason = Names.labelValue(value) {
      throw .refusal("invalid label value: \(word.quoted): \(reason)")
    }
    if let reason = objection(to: key, value, map) {
      throw .refusal("invalid \(map.word) \(word.quoted): \(reason)")
    }
    return (key, value)
  }

  /// What the API server has against it; on a pod it is the same.
  private static func objection(
    to key: String, _ value: String, _ map: MetadataMap
  ) -> String? {
    let pod = Pod().with { $0.metadata[keyPath: map.place] = [key: value] }
    let place = map.path.joined(separator: ".")
    return pod.check().first { $0.path.hasPrefix(place) }?.message
  }
}
