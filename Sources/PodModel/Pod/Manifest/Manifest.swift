/// The objects of one manifest, with everything that is wrong or noteworthy in its text.
///
/// YAML and JSON, several documents and `List`s all end here. Every document is read to its end,
/// so that a person sees all mistakes of a file at once; with any error the objects must not be
/// acted upon.
public struct Manifest: Sendable {
  public private(set) var objects: [any NamedObject] = []
  /// What each of them was read from.
  public private(set) var sources: [Node] = []
  public var pods: [Pod] { objects.compactMap { $0 as? Pod } }
  /// In the order of the lines, as the warnings.
  public private(set) var errors: [PodError] = []
  public private(set) var warnings: [PodError] = []

  /// Reads the bytes of a file, or of anything else that `file` names in messages.
  public static func read(_ bytes: [UInt8], file: String) -> Manifest {
    var manifest = Manifest()
    let text = YAMLText(bytes, file: file)
    for document in text.documents where !document.isNull {
      manifest.add(document, at: FieldPath(), file: file, root: document)
    }
    manifest.errors += text.problems
    manifest.errors = manifest.errors.sortedByPlace()
    manifest.warnings = manifest.warnings.sortedByPlace()
    if manifest.objects.isEmpty, manifest.errors.isEmpty {
      manifest.errors = [PodError(file: file, message: "no object in this file")]
    }
    return manifest
  }

  public static func read(text: String, file: String) -> Manifest {
    read(Array(text.utf8), file: file)
  }

  private mutating func add(_ node: Node, at path: FieldPath, file: String, root: Node) {
    var review = Review(file: file, source: root)
    if Self.isList(node) { return addItems(of: node, at: path, review: review, root: root) }
    if let kind = Self.kind(of: node, at: path, into: &review),
      let object = kind.type.admit(node, at: path, into: &review)
    {
      objects.append(object)
      sources.append(node)
    }
    conclude(&review)
  }

  private static func isList(_ node: Node) -> Bool {
    guard case .mapping = node.content else { return false }
    return String(node["kind"]) == "List" && String(node["apiVersion"]) == "v1"
  }

  private mutating func addItems(
    of list: Node, at path: FieldPath, review: Review, root: Node
  ) {
    var review = review
    guard case .mapping(let mapping) = list.content else { return }
    for entry in mapping.entries {
      switch entry.key {
      case "apiVersion", "kind", "metadata": continue
      case "items":
        guard case .sequence(let items) = entry.value.content else {
          review.refuseType(entry.value, wants: "a list", at: path.field("items"))
          continue
        }
        for (index, item) in items.enumerated() {
          add(item, at: path.field("items").index(index), file: review.file ?? "", root: root)
        }
      default: review.refuse(path.field(entry.key), "unknown field", mark: entry.keyMark)
      }
    }
    conclude(&review)
  }

  /// What the object says it is; nil after the complaint when that is missing or not known.
  private static func kind(
    of node: Node, at path: FieldPath, into review: inout Review
  ) -> Kind? {
    guard case .mapping = node.content else {
      review.refuseType(node, wants: "a map", at: path)
      return nil
    }
    let missing = ["apiVersion", "kind"].filter { String(node[$0]).isEmpty }
    guard missing.isEmpty else {
      let list = missing.map { "\($0) not set" }.joined(separator: ", ")
      review.report(path, "\(list): a pod begins with `apiVersion: v1` and `kind: Pod`")
      return nil
    }
    let (version, word) = (String(node["apiVersion"]), String(node["kind"]))
    let known = Kind.allCases.map(\.rawValue) + ["List"]
    guard let kind = Kind(rawValue: word) else {
      let list = known.map { "`\($0)`" }.joined(separator: ", ")
      let hint = word.nearest(in: known).didYouMean
      review.refuse(
        path.field("kind"), "unknown kind \(word.quoted)\(hint): podshim knows \(list)")
      return nil
    }
    guard version == kind.apiVersion else {
      review.refuse(
        path.field("apiVersion"),
        "no kind `\(word)` in version \(version.quoted): write `apiVersion: \(kind.apiVersion)`")
      return nil
    }
    return kind
  }

  private mutating func conclude(_ review: inout Review) {
    review.concludeClusterFields()
    errors += review.errors
    warnings += review.warnings
  }
}

extension [PodError] {
  /// In the order of the lines; what has no place stays behind what came before it.
  fileprivate func sortedByPlace() -> [PodError] {
    let numbered = enumerated().sorted { a, b in
      guard let first = a.element.mark, let second = b.element.mark, first != second else {
        return a.offset < b.offset
      }
      return (first.line, first.column) < (second.line, second.column)
    }
    return numbered.map(\.element)
  }
}

extension String {
  /// The text of a scalar; empty for anything else.
  fileprivate init(_ node: Node?) {
    guard case .scalar(let scalar)? = node?.content, scalar.kind != .null else {
      self = ""
      return
    }
    self = scalar.text
  }
}
