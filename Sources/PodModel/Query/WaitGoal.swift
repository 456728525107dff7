/// What `wait --for` waits for, of one object.
public enum WaitGoal: Sendable {
  /// The status of a condition, in whichever letters.
  case condition(String, status: String)
  /// What a template finds; without a value, that it finds something.
  case found(JSONPath, value: String?)
  case created
  case deleted
  /// One of these phases.
  case phase([PodPhase])
  /// One of these is enough.
  indirect case any([WaitGoal])

  /// `condition=Ready`, `condition=Ready=False`, `jsonpath={.status.phase}=Running`, `delete`,
  /// `create`.
  public init(_ text: String) throws(JSONPath.Problem) {
    switch text.lowercased() {
    case "delete": self = .deleted
    case "create": self = .created
    case let lower where lower.hasPrefix("condition="):
      let parts = text.dropFirst("condition=".count)
        .split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      self = .condition(parts[0], status: parts.count > 1 ? parts[1] : "true")
    case let lower where lower.hasPrefix("jsonpath="):
      self = try Self.found(String(text.dropFirst("jsonpath=".count)))
    default: throw JSONPath.Problem("unrecognized condition: \(text.quoted)")
    }
  }

  /// The path ends at the equals sign that stands in no braces or brackets.
  private static func found(_ text: String) throws(JSONPath.Problem) -> WaitGoal {
    var depth = 0
    let end = text.firstIndex { character in
      if "{[".contains(character) { depth += 1 }
      if "}]".contains(character) { depth -= 1 }
      return character == "=" && depth == 0
    }
    let path = text[..<(end ?? text.endIndex)].unquoted
    let value = end.map { text[text.index(after: $0)...].unquoted }
    guard !path.isEmpty, value?.isEmpty != true else {
      throw JSONPath.Problem(
        "jsonpath wait format must be --for=jsonpath='{.status.readyReplicas}'=3 or "
          + "--for=jsonpath='{.status.readyReplicas}'")
    }
    return .found(try JSONPath(relaxed: path), value: value)
  }

  /// - Parameter object: nil when there is none.
  public func isMet(by object: Node?) throws(JSONPath.Problem) -> Bool {
    guard let object else {
      if case .deleted = self { return true }
      return false
    }
    switch self {
    case .any(let goals):
      for goal in goals where try goal.isMet(by: object) { return true }
      return false
    case .created: return true
    case .deleted: return false
    case .condition(let type, let status):
      return object["status"]?["conditions"]?.list.contains {
        $0["type"]?.text?.lowercased() == type.lowercased()
          && $0["status"]?.text?.lowercased() == status.lowercased()
      } ?? false
    case .phase(let phases):
      return phases.contains { $0.rawValue == object["status"]?["phase"]?.text }
    case .found(let path, let value):
      let found = try path.results(in: object).first ?? []
      guard let value, let first = found.first else { return !found.isEmpty }
      guard found.count == 1 else {
        throw JSONPath.Problem("given jsonpath expression matches more than one value")
      }
      guard case .scalar(let scalar) = first.content else {
        throw JSONPath.Problem("jsonpath leads to a nested object or list which is not supported")
      }
      return scalar.canonicalText == value
    }
  }
}

extension Node {
  fileprivate var list: [Node] {
    guard case .sequence(let items) = content else { return [] }
    return items
  }

  fileprivate var text: String? {
    guard case .scalar(let scalar) = content else { return nil }
    return scalar.text
  }
}

extension Substring {
  /// Without the quotes around it that a shell has left.
  fileprivate var unquoted: String {
    var text = self
    while let first = text.first, "'\"".contains(first) { text.removeFirst() }
    while let last = text.last, "'\"".contains(last) { text.removeLast() }
    return String(text)
  }
}
