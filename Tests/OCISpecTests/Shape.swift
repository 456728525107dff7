import OCISpec
import Testing

/// What a JSON schema says about the form of a value, all references followed.
indirect enum Shape {
  case object([String: (shape: Shape, isRequired: Bool)])
  case map(Shape)
  case list(Shape)
  case leaf(words: [String])

  /// Reads a file of `fixtures/oci/schema`.
  init(schema name: String) throws {
    self = try Schema(file: "\(name).json").shape()
  }

  /// The paths of every property that the schema names; `[]` for any item, `*` for any key.
  func paths(_ path: String = "") -> Set<String> {
    switch self {
    case .object(let members):
      members.reduce(into: []) { paths, member in
        let place = path.isEmpty ? member.key : "\(path).\(member.key)"
        paths.insert(place)
        paths.formUnion(member.value.shape.paths(place))
      }
    case .map(let shape): shape.paths("\(path).*")
    case .list(let shape): shape.paths("\(path)[]")
    case .leaf: []
    }
  }

  /// The paths that a value really has, whether the schema names them or not.
  func paths(of value: JSONTree, _ path: String = "") -> Set<String> {
    switch (self, value) {
    case (.map(let shape), .object(let members)):
      members.values.reduce(into: []) { $0.formUnion(shape.paths(of: $1, "\(path).*")) }
    case (.list(let shape), .list(let items)):
      items.reduce(into: []) { $0.formUnion(shape.paths(of: $1, "\(path)[]")) }
    case (.object(let shapes), .object(let members)):
      members.reduce(into: []) { paths, member in
        let place = path.isEmpty ? member.key : "\(path).\(member.key)"
        paths.insert(place)
        let shape = shapes[member.key]?.shape ?? .object([:])
        paths.formUnion(shape.paths(of: member.value, place))
      }
    default: []
    }
  }

  /// The closed lists of words, by the path of the property or item that holds one.
  func vocabularies(_ path: String = "") -> [String: [String]] {
    switch self {
    case .object(let members):
      members.reduce(into: [:]) { lists, member in
        let place = path.isEmpty ? member.key : "\(path).\(member.key)"
        lists.merge(member.value.shape.vocabularies(place)) { $1 }
      }
    case .map(let shape): shape.vocabularies("\(path).*")
    case .list(let shape): shape.vocabularies("\(path)[]")
    case .leaf(let words): words.isEmpty ? [:] : [path: words]
    }
  }

  /// Every copy of a value that lacks one property, and whether that one was required.
  func copiesLackingOne(of value: JSONTree, _ path: String = "") -> [Lacking] {
    var copies: [Lacking] = []
    switch (self, value) {
    case (.map(let shape), .object(let members)):
      for (key, member) in members {
        copies += shape.copiesLackingOne(of: member, "\(path).*").map { copy in
          copy.inside { .object(members.merging([key: $0]) { $1 }) }
        }
      }
    case (.list(let shape), .list(let items)):
      for (index, item) in items.enumerated() {
        copies += shape.copiesLackingOne(of: item, "\(path)[]").map { copy in
          copy.inside { .list(items[..<index] + [$0] + items[(index + 1)...]) }
        }
      }
    case (.object(let shapes), .object(let members)):
      for (key, member) in members {
        guard let (shape, isRequired) = shapes[key] else { continue }
        let place = path.isEmpty ? key : "\(path).\(key)"
        let rest = JSONTree.object(members.filter { $0.key != key })
        copies.append(Lacking(path: place, isRequired: isRequired, tree: rest))
        copies += shape.copiesLackingOne(of: member, place).map { copy in
          copy.inside { .object(members.merging([key: $0]) { $1 }) }
        }
      }
    default: break
    }
    return copies
  }

  /// A value that lacks the property at `path`.
  struct Lacking {
    var path: String
    var isRequired: Bool
    var tree: JSONTree

    func inside(_ outer: (JSONTree) -> JSONTree) -> Lacking {
      Lacking(path: path, isRequired: isRequired, tree: outer(tree))
    }
  }
}

/// One node of a schema and the file that holds it.
private struct Schema {
  var node: JSONTree
  var file: String

  init(file: String) throws {
    node = try #require(try Self.files.get()[file], "`schema/\(file)` is not read")
    self.file = file
  }

  private static let files = Result {
    try Dictionary(
      uniqueKeysWithValues: [
        "config-schema.json", "config-linux.json", "state-schema.json", "features-schema.json",
        "features-linux.json", "defs.json", "defs-linux.json",
      ].map { ($0, try JSON.decode(JSONTree.self, from: Fixture.read("schema/\($0)"))) })
  }

  private init(node: JSONTree, file: String) {
    self.node = node
    self.file = file
  }

  func shape() throws -> Shape {
    if let reference = node["$ref"]?.string { return try target(reference).shape() }
    var members: [String: (shape: Shape, isRequired: Bool)] = [:]
    for part in [node] + (node["allOf"]?.items ?? []) {
      if part["$ref"] != nil || part == node {
        guard case .object(let inherited) = try part == node ? .object([:]) : at(part).shape()
        else { continue }
        members.merge(inherited) { $1 }
      }
      let required = Set((part["required"]?.items ?? []).compactMap(\.string))
      for (key, value) in part["properties"]?.members ?? [:] where !Self.isForeign(value) {
        members[key] = (try at(value).shape(), required.contains(key))
      }
    }
    if !members.isEmpty { return .object(members) }
    if let items = node["items"] { return .list(try at(items).shape()) }
    if let values = node["additionalProperties"] { return .map(try at(values).shape()) }
    if let only = node["anyOf"]?.items.first { return try at(only).shape() }
    return .leaf(words: (node["enum"]?.items ?? []).compactMap(\.string))
  }

  private func at(_ node: JSONTree) -> Schema { Schema(node: node, file: file) }

  private func target(_ reference: String) throws -> Schema {
    let parts = reference.split(separator: "#", omittingEmptySubsequences: false)
    var target = parts[0].isEmpty ? try Schema(file: file) : try Schema(file: String(parts[0]))
    for key in parts[1].split(separator: "/") {
      target.node = target.node[String(key)] ?? .null
    }
    return target
  }

  /// Whether a property belongs to a platform whose files are not kept here.
  private static func isForeign(_ node: JSONTree) -> Bool {
    let foreign = ["solaris", "windows", "vm", "zos", "freebsd"]
    return foreign.contains { node["$ref"]?.string?.hasPrefix("config-\($0).json") ?? false }
  }
}
