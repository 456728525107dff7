import PodModel

/// Labels, annotations and tolerations as `describe` writes them: a line each, sorted by key.
enum KeyedLines {
  /// What a person never wrote is not shown to one.
  private static let hidden = LastApplied.annotation
  /// kubectl's `maxAnnotationLen`.
  private static let longest = 140

  static func labels(_ labels: [String: String]) -> [String] {
    labels.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
  }

  static func annotations(_ annotations: [String: String]) -> [String] {
    annotations.filter { $0.key != hidden }.sorted { $0.key < $1.key }.flatMap { key, value in
      let value = value.hasSuffix("\n") ? String(value.dropLast()) : value
      guard value.count + key.count + 2 > longest || value.contains("\n") else {
        return ["\(key): \(value)"]
      }
      let lines = value.split(separator: "\n", omittingEmptySubsequences: false)
      return ["\(key):"]
        + lines.map { line in
          line.count > longest - 2 ? "  \(line.prefix(longest - 2))..." : "  \(line)"
        }
    }
  }

  static func tolerations(_ tolerations: [Toleration]) -> [String] {
    let sorted = tolerations.sorted { $0.key ?? "" < $1.key ?? "" }
    return sorted.map { toleration in
      let (key, value) = (toleration.key ?? "", toleration.value ?? "")
      let effect = toleration.effect ?? ""
      var line = key
      if !value.isEmpty { line += "=\(value)" }
      if !effect.isEmpty { line += ":\(effect)" }
      if toleration.operator == "Exists", value.isEmpty {
        line += key.isEmpty && effect.isEmpty ? "op=Exists" : " op=Exists"
      }
      if let seconds = toleration.tolerationSeconds { line += " for \(seconds)s" }
      return line
    }
  }
}
