/// One rule of the API server: looks at an object and records what is wrong.
typealias Rule<Object> = @Sendable (Object, FieldPath, inout Review) -> Void

/// The API server's phrases.
extension Review {
  mutating func require(_ path: FieldPath, _ detail: String = "") {
    refuse(path, "Required value" + (detail.isEmpty ? "" : ": \(detail)"))
  }

  mutating func forbid(_ path: FieldPath, _ detail: String) {
    refuse(path, "Forbidden: \(detail)")
  }

  mutating func invalid(_ path: FieldPath, _ value: String, _ detail: String) {
    refuse(path, "Invalid value: \(value.quoted): \(detail)")
  }

  mutating func invalid(_ path: FieldPath, _ value: Int, _ detail: String) {
    refuse(path, "Invalid value: \(value): \(detail)")
  }

  mutating func duplicate(_ path: FieldPath, _ value: String) {
    refuse(path, "Duplicate value: \(value.quoted)")
  }

  /// A name that must be there and of the kind that `rule` describes.
  mutating func checkName(
    _ name: String, _ path: FieldPath, _ rule: (String) -> String?
  ) {
    if name.isEmpty { return require(path) }
    checkText(name, path, rule)
  }

  /// A text that, where it is given, must be of the kind that `rule` describes.
  mutating func checkText(
    _ text: String?, _ path: FieldPath, _ rule: (String) -> String?
  ) {
    guard let text, let reason = rule(text) else { return }
    invalid(path, text, reason)
  }

  mutating func checkLabels(_ labels: [String: String], _ path: FieldPath) {
    for (key, value) in labels.sorted(by: { $0.key < $1.key }) {
      checkText(key, path.key(key), Names.qualified)
      checkText(value, path.key(key), Names.labelValue)
    }
  }

  mutating func checkPort(_ port: Int, _ path: FieldPath) {
    if (1...65535).contains(port) { return }
    invalid(path, port, "must be between 1 and 65535, inclusive")
  }

  mutating func checkID(_ id: Int?, _ path: FieldPath) {
    guard let id, !(0...2_147_483_647).contains(id) else { return }
    invalid(path, id, "must be between 0 and 2147483647, inclusive")
  }
}
