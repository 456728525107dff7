/// Environment variables in the order of their coming; a later value takes the place of an earlier
/// one.
struct Variables: Equatable {
  private(set) var values: [String: String] = [:]
  private var names: [String] = []

  /// As a process gets them.
  var entries: [String] {
    names.compactMap { name in values[name].map { "\(name)=\($0)" } }
  }

  subscript(name: String) -> String? { values[name] }

  mutating func set(_ name: String, _ value: String) {
    if values.updateValue(value, forKey: name) == nil { names.append(name) }
  }

  mutating func unset(_ name: String) {
    if values.removeValue(forKey: name) != nil { names.removeAll { $0 == name } }
  }

  mutating func set(_ others: Variables) {
    for name in others.names {
      if let value = others.values[name] { set(name, value) }
    }
  }
}
