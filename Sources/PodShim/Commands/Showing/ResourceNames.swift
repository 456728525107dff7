/// What a command line is about: a kind of thing and perhaps names, `pods a b`, `pod/a`, `node`.
struct ResourceNames: Equatable {
  var kind: ResourceKind
  /// Empty for all of the kind.
  var names: [String]

  static func read(_ invocation: Invocation, among kinds: [ResourceKind]) throws -> ResourceNames {
    let all = try readEach(invocation, among: kinds)
    guard let first = all.first, all.allSatisfy({ $0.kind == first.kind }) else {
      throw invocation.usage("one type of resource at a time")
    }
    return ResourceNames(kind: first.kind, names: all.flatMap(\.names))
  }

  /// The same for a command that takes several kinds at once: `pods,cm a b`, `pod/a cm/b`.
  static func readEach(
    _ invocation: Invocation, among kinds: [ResourceKind]
  ) throws -> [ResourceNames] {
    let operands = invocation.operands
    func kind(_ word: String) throws -> ResourceKind {
      guard let kind = kinds.first(where: { $0.words.contains(word) }) else {
        throw unknown(word, invocation, kinds)
      }
      return kind
    }
    guard let first = operands.first else {
      throw invocation.usage("you must specify the type of resource: \(list(kinds))")
    }
    guard first.contains("/") else {
      let words = first.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      return try words.map { ResourceNames(kind: try kind($0), names: Array(operands.dropFirst())) }
    }
    return try operands.map { word in
      let parts = word.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 2, !parts[1].isEmpty else {
        throw invocation.usage("\"\(word)\" is not written TYPE/NAME")
      }
      return ResourceNames(kind: try kind(parts[0]), names: [parts[1]])
    }
  }

  /// Those that are named, or all; a name that nothing has is an error.
  func choose<Thing>(
    from things: [Thing], by name: (Thing) -> String, _ errors: inout [any Error]
  ) -> [Thing] {
    if names.isEmpty { return things }
    return names.compactMap { wanted in
      let found = things.first { name($0) == wanted }
      if found == nil { errors.append(CommandError.notFound(kind, wanted)) }
      return found
    }
  }

  private static func unknown(
    _ type: String, _ invocation: Invocation, _ kinds: [ResourceKind]
  ) -> UsageError {
    let hint = type.hint(among: kinds.flatMap(\.words))
    return invocation.usage(
      "there is no resource type \"\(type)\"\(hint): podshim has \(list(kinds))")
  }

  private static func list(_ kinds: [ResourceKind]) -> String {
    kinds.map { $0.plural }.joined(separator: ", ")
  }
}
