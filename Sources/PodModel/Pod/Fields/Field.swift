/// One field of a Kubernetes object: its JSON name, where it lives in the Swift type, how far it
/// is carried out and what it is for.
///
/// The table of an object's fields is all that decoding, encoding, strict checks and `explain`
/// know about it.
public struct Field<Root>: Sendable {
  /// Where in `Root` the field lives.
  public typealias Place<Value> = any WritableKeyPath<Root, Value> & Sendable

  public let name: String
  /// The type's name as `explain` prints it.
  public let type: String
  public let support: Support
  /// What it is for, in our own words, with its default and its unit; `explain` prints it.
  public let summary: String
  /// The object type behind the field, for a walk down the tables.
  public let objectType: (any KubeObject.Type)?
  /// The words that the field can hold, when only some can; empty otherwise.
  public let words: [String]
  /// Whether an object without it makes no sense: true of plain values that are no optionals.
  public private(set) var isRequired: Bool

  let decode: @Sendable (inout Root, Node.Entry, FieldPath, inout Review) -> Void
  let encode: @Sendable (Root) -> Node?

  /// A field that is acted upon.
  public init<Value: KubeValue>(
    _ name: String, _ path: Place<Value>, _ summary: String
  ) {
    self.init(name, path, .acted, summary, unless: [])
  }

  /// A field that a later version acts upon; the values in `unless` change nothing and pass.
  public static func later<Value: KubeValue>(
    _ name: String, _ path: Place<Value>, _ summary: String,
    unless harmless: [Value] = []
  ) -> Field {
    Field(name, path, .later, summary, unless: harmless)
  }

  /// A field that only a cluster gives a meaning; the values in `unless` are not worth a warning.
  public static func cluster<Value: KubeValue>(
    _ name: String, _ path: Place<Value>, _ summary: String,
    unless harmless: [Value] = []
  ) -> Field {
    Field(name, path, .cluster, summary, unless: harmless)
  }

  private init<Value: KubeValue>(
    _ name: String, _ path: Place<Value>, _ support: Support,
    _ summary: String, unless harmless: [Value]
  ) {
    self.name = name
    self.type = Value.typeName
    self.support = support
    self.summary = summary
    self.objectType = Value.objectType
    self.words = Value.words
    isRequired = Value.isRequired
    decode = { root, entry, place, review in
      let decoded = review.inside(support) { Value.decode(entry.value, at: place, into: &$0) }
      guard let value = decoded else { return }
      root[keyPath: path] = value
      guard support != .acted, !value.isAbsent, !harmless.contains(value) else { return }
      review.note(support, at: place, mark: entry.keyMark)
    }
    encode = { root in
      let value = root[keyPath: path]
      return value.isAbsent ? nil : value.node
    }
  }

  private init<Inner>(lifting field: Field<Inner>, to path: Place<Inner>) {
    name = field.name
    type = field.type
    support = field.support
    summary = field.summary
    objectType = field.objectType
    words = field.words
    isRequired = field.isRequired
    decode = { root, entry, place, review in
      field.decode(&root[keyPath: path], entry, place, &review)
    }
    encode = { root in field.encode(root[keyPath: path]) }
  }

  /// A list that must have something in it.
  var required: Field { marked(isRequired: true) }
  /// A plain value that may be left out, because it has a default of its own.
  var optional: Field { marked(isRequired: false) }

  private func marked(isRequired: Bool) -> Field {
    var field = self
    field.isRequired = isRequired
    return field
  }

  /// The fields of `Inner` as fields of an object that spells them out itself.
  static func inlined<Inner: KubeObject>(
    _ path: Place<Inner>
  ) -> [Field] {
    Inner.fields.map { Field(lifting: $0, to: path) }
  }
}
