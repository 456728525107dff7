extension Node {
  /// A copy with another value under these keys, in maps that are made where there are none; nil
  /// takes the value away, and nothing else.
  public func setting(_ path: [String], to value: Node?) -> Node {
    guard let key = path.first else { return value ?? self }
    var entries = mapping?.entries ?? []
    let index = entries.firstIndex { $0.key == key }
    let rest = Array(path.dropFirst())
    if let index {
      if rest.isEmpty, value == nil {
        entries.remove(at: index)
      } else {
        entries[index].value = entries[index].value.setting(rest, to: value)
      }
    } else if value != nil {
      entries.append(Entry(key, Node.mapping([]).setting(rest, to: value)))
    } else {
      return self
    }
    return .mapping(entries)
  }

  /// The words of a map of words, such as labels.
  public var words: [String: String] {
    var words: [String: String] = [:]
    for entry in mapping?.entries ?? [] {
      if case .scalar(let scalar) = entry.value.content, scalar.kind != .null {
        words[entry.key] = scalar.text
      }
    }
    return words
  }

  /// A map of words, in their order.
  public init(words: [String: String]) {
    self = .mapping(words.sorted { $0.key < $1.key }.map { Entry($0.key, .string($0.value)) })
  }
}
