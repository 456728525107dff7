/// What `explain` prints of a kind or of one of its fields, in kubectl's form.
///
/// Everything comes from the tables that manifests are read with, so that it is true of this
/// version: a field that is refused or has no effect here says so.
public struct Explanation: Sendable {
  private var kind: String
  private var version: String
  private var type: any KubeObject.Type
  /// What is explained: the kind itself or the last field of the path.
  private var subject: Subject

  private enum Subject {
    case kind(summary: String)
    case field(FieldOutline)
  }

  /// `path` is written as on a command line or in a message: `spec.containers[0].image`.
  public init(
    kind: String, version: String, summary: String, type: any KubeObject.Type, path: String = ""
  ) throws(PodError) {
    self.kind = kind
    self.version = version
    self.type = type
    subject = .kind(summary: summary)
    var place = kind.lowercased()
    let names = path.isEmpty ? [] : path.split(separator: ".", omittingEmptySubsequences: false)
    for part in names {
      let name = String(part.prefix { $0 != "[" })
      let field = try Self.field(name, of: fieldsBelow, at: place)
      subject = .field(field)
      place += "." + name
    }
  }

  private static func field(
    _ name: String, of fields: [FieldOutline], at place: String
  ) throws(PodError) -> FieldOutline {
    if let field = fields.first(where: { $0.name == name }) { return field }
    let hint = name.nearest(in: fields.map(\.name)).didYouMean
    throw PodError(
      message: fields.isEmpty
        ? "`\(place)` has no fields, \(name.quoted) neither"
        : "field \(name.quoted) does not exist in `\(place)`\(hint)")
  }

  private var fieldsBelow: [FieldOutline] {
    switch subject {
    case .kind: type.outline
    case .field(let field): field.objectType?.outline ?? []
    }
  }

  /// The whole text; with `isRecursive` all fields below by name and type alone.
  public func text(isRecursive: Bool = false) -> String {
    var lines = ["KIND:     \(kind)", "VERSION:  \(version)", ""]
    let fields = fieldsBelow.sorted { $0.name < $1.name }
    let summary: String
    switch subject {
    case .kind(let text): summary = text
    case .field(let field):
      let title = fields.isEmpty ? "FIELD:    " : "RESOURCE: "
      lines += ["\(title)\(field.name) <\(field.typeText)>", ""]
      summary = field.description
    }
    lines.append("DESCRIPTION:")
    lines += Self.wrapped(summary)
    if !fields.isEmpty {
      lines += ["", "FIELDS:"]
      for field in fields {
        lines += isRecursive ? Self.tree(field, depth: 1) : Self.entry(field)
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func entry(_ field: FieldOutline) -> [String] {
    let mark = field.isRequired ? " -required-" : ""
    return ["   \(field.name)\t<\(field.typeText)>\(mark)"] + wrapped(field.description) + [""]
  }

  private static func tree(_ field: FieldOutline, depth: Int) -> [String] {
    let indent = String(repeating: "   ", count: depth)
    let below = (field.objectType?.outline ?? []).sorted { $0.name < $1.name }
    return ["\(indent)\(field.name)\t<\(field.typeText)>"]
      + below.flatMap { tree($0, depth: depth + 1) }
  }

  /// Indented by five, in lines of at most eighty characters.
  private static func wrapped(_ text: String) -> [String] {
    var lines: [String] = []
    var line = "    "
    for word in text.split(separator: " ") {
      if line.count + 1 + word.count > 80 {
        lines.append(line)
        line = "    "
      }
      line += " " + word
    }
    return lines + [line]
  }
}

extension FieldOutline {
  /// The type in kubectl's words, which know neither our objects' names nor quantities.
  fileprivate var typeText: String {
    let prefix = type.hasPrefix("[]") ? "[]" : type.hasPrefix("map[string]") ? "map[string]" : ""
    let bare = type.dropFirst(prefix.count)
    if objectType != nil { return prefix + "Object" }
    return prefix + (["Quantity", "IntOrString"].contains(bare) ? "string" : bare)
  }

  /// What the field is for, what it can be, and whether it does something here.
  fileprivate var description: String {
    var text = summary
    if !words.isEmpty { text += " One of \(words.map(\.quoted).joined(separator: ", "))." }
    switch support {
    case .acted: break
    case .later: text += " Not supported yet: a manifest with it is refused."
    case .cluster: text += " Kept as written, without effect outside a cluster."
    }
    return text
  }
}
