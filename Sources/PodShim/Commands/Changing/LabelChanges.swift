import PodModel

/// What a command line wants done with labels: `KEY=VALUE` gives one, `KEY-` takes one away.
struct LabelChanges {
  private var changes: [(key: String, value: String?)] = []
  private let overwrites: Bool

  init(_ words: some Sequence<String>, _ invocation: Invocation) throws {
    overwrites = invocation.isOn(LabelCommand.overwrite)
    for word in words {
      let change = try LabelChanges.change(word, invocation)
      guard !changes.contains(where: { $0.key == change.key }) else {
        throw invocation.usage("label \"\(change.key)\" is said twice")
      }
      changes.append(change)
    }
  }

  var isEmpty: Bool { changes.isEmpty }
  var keys: [String] { changes.map(\.key) }

  static func isChange(_ word: String) -> Bool { word.contains("=") || word.hasSuffix("-") }

  /// - Throws: `CommandError` when a label has another value already and may not lose it.
  func apply(to labels: inout [String: String]) throws {
    for (key, value) in changes {
      if value == nil, labels[key] == nil { Output.complain("label \"\(key)\" not found.") }
      if let value, let old = labels[key], old != value, !overwrites {
        throw CommandError("'\(key)' already has a value (\(old)), and --overwrite is false")
      }
      labels[key] = value
    }
  }

  /// kubectl's word for what has become of the labels.
  func word(_ before: [String: String], _ after: [String: String]) -> String {
    if before == after { return "not labeled" }
    return changes.contains { $0.value != nil } ? "labeled" : "unlabeled"
  }

  private static func change(
    _ word: String, _ invocation: Invocation
  ) throws -> (key: String, value: String?) {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let isRemoval = parts.count == 1 && word.hasSuffix("-")
    guard parts.count == 2 || isRemoval else {
      throw invocation.usage("\"\(word)\" is written neither KEY=VALUE nor KEY-")
    }
    let key = isRemoval ? String(word.dropLast()) : String(parts[0])
    let value = parts.count == 2 ? String(parts[1]) : nil
    if let reason = reason(key, value ?? "") {
      throw CommandError("invalid label \"\(word)\": \(reason)")
    }
    return (key, value)
  }

  /// What the API server has against the label; on a pod it is the same.
  private static func reason(_ key: String, _ value: String) -> String? {
    let pod = Pod().with { $0.metadata.labels = [key: value] }
    return pod.check().first { $0.path.hasPrefix("metadata.labels") }?.message
  }
}
