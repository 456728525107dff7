/// What a field says about itself, for those who do not know the type of its object.
struct FieldOutline: Sendable {
  var name: String
  var type: String
  var summary: String
  var support: Support
  var words: [String]
  var isRequired: Bool
  var objectType: (any KubeObject.Type)?

  var isList: Bool { type.hasPrefix("[]") }

  init<Root>(_ field: Field<Root>) {
    name = field.name
    type = field.type
    summary = field.summary
    support = field.support
    words = field.words
    isRequired = field.isRequired
    objectType = field.objectType
  }
}

extension KubeObject {
  /// The fields, for a walk that does not know `Self`.
  static var outline: [FieldOutline] { fields.map { FieldOutline($0) } }
}
