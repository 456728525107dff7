/// What a command line is about: a kind of thing and perhaps names, `pods a b`, `pod/a`, `node`.
struct ResourceNames: Equatable {
  var kind: ResourceKind
  /// Empty for all of the kind.
  var names: [String]

  static func read(
    _ invocation: Invocation, _ operands: [String], among kinds: [ResourceKind]
  ) throws -> ResourceNames {
    let all = try readEach(invocation, operands, among: kinds)
    guard let first = all.first, all.allSatisfy({ $0.kind == first.kind }) else {
      throw invocation.usage("one type of resource at a time")
    }
    return ResourceNames(kind: first.kind, names: all.flatMap(\.names))
  }

  /// One for each kind: `pods,cm a b`, `pod/a cm/b`.
  static func readEach(
    _ invocation: Invocation, _ operands: [String], among kinds: [ResourceKind]
  ) throws -> [ResourceNames] {
    func kind(_ word: String) throws -> ResourceKind {
      guard let kind = kinds.first(where: { $0.words.contains(word.lowercased()) }) else {
        throw unknown(word, invocation, kinds)
      }
      return kind
    }
    guard let first = operands.first else {
      throw invocation.usage("you must specify the type of resource: \(list(kinds))")
    }
    guard first.contains("/") else {
      // As kubectl's category, which holds no configuration.
      if first == "all", kinds.contains(.pod) { return [ResourceNames(kind: .pod, names: [])] }
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
