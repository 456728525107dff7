import PodModel

/// Which words about an object a command line changes.
enum MetadataMap: Equatable {
  case labels, annotations

  /// `label`
  var word: String { self == .labels ? "label" : "annotation" }
  /// Where they are in a tree.
  var path: [String] { ["metadata", self == .labels ? "labels" : "annotations"] }
  var place: WritableKeyPath<ObjectMeta, [String: String]> {
    self == .labels ? \.labels : \.annotations
  }
}

/// What a command line wants done with labels or annotations: `KEY=VALUE` gives one, `KEY-` takes
/// one away.
struct MetadataChanges {
  static let overwrite = Flag("overwrite", nil, "Give what is there already another value")

  let map: MetadataMap
  private var changes: [(key: String, value: String?)] = []
  private let overwrites: Bool

  init(_ map: MetadataMap, _ words: some Sequence<String>, _ invocation: Invocation) throws {
    self.map = map
    overwrites = invocation.isOn(Self.overwrite)
    for word in words {
      guard Self.isChange(word) else {
        throw invocation.usage(
          "all resources must be specified before \(map.word) changes: \(word)")
      }
      changes.append(try change(word))
    }
    let added = Set(changes.filter { $0.value != nil }.map(\.key))
    let both = changes.filter { $0.value == nil && added.contains($0.key) }.map(\.key)
    guard both.isEmpty else {
      throw invocation.usage(
        "can not both modify and remove "
          + (map == .labels
            ? "a label in the same command"
            : "the following annotation(s) in the same command: \(both.joined(separator: ", "))"))
    }
  }

  var isEmpty: Bool { changes.isEmpty }
  var keys: [String] { changes.map(\.key) }

  static func isChange(_ word: String) -> Bool { word.contains("=") || word.hasSuffix("-") }

  /// - Throws: `CommandError` when one has another value already and may not lose it.
  func apply(to words: inout [String: String]) throws {
    let taken = changes.compactMap { key, value -> String? in
      guard let value, let old = words[key], old != value, !overwrites else { return nil }
      return "'\(key)' already has a value (\(old))"
    }
    guard taken.isEmpty else {
      let list = taken.joined(separator: "; ")
      throw CommandError(
        map == .labels
          ? "\(list), and --overwrite is false"
          : "--overwrite is false but found the following declared annotation(s): \(list)")
    }
    for (key, value) in changes {
      if map == .labels, value == nil, words[key] == nil {
        Output.complain("label \"\(key)\" not found.")
      }
      words[key] = value
    }
  }

  /// kubectl's word for what has become of it.
  func word(_ before: [String: String], _ after: [String: String]) -> String {
    if map == .annotations { return "annotated" }
    if before == after { return "not labeled" }
    return changes.contains { $0.value != nil } ? "labeled" : "unlabeled"
  }

  private func change(_ word: String) throws -> (key: String, value: String?) {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else { return (String(word.dropLast()), nil) }
    let (key, value) = (String(parts[0]), String(parts[1]))
    if map == .labels, let reason = Names.labelValue(value) {
      throw CommandError("invalid label value: \(word.quoted): \(reason)")
    }
    if let reason = reason(key, value) {
      throw CommandError("invalid \(map.word) \(word.quoted): \(reason)")
    }
    return (key, value)
  }

  /// What the API server has against it; on a pod it is the same.
  private func reason(_ key: String, _ value: String) -> String? {
    let pod = Pod().with { $0.metadata[keyPath: map.place] = [key: value] }
    let place = map.path.joined(separator: ".")
    return pod.check().first { $0.path.hasPrefix(place) }?.message
  }
}
