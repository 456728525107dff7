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

  mutating func invalid(_ path: FieldPath, _ value: Quantity, _ detail: String) {
    invalid(path, value.text, detail)
  }

  /// `Not found: "dta" (did you mean "data"?)`
  mutating func missing(_ path: FieldPath, _ name: String, among names: [String]) {
    refuse(path, "Not found: \(name.quoted)\(name.nearest(in: names).didYouMean)")
  }

  mutating func tooMany(_ path: FieldPath, _ count: Int, most: Int) {
    refuse(path, "Too many: \(count): must have at most \(most) items")
  }

  mutating func tooLong(_ path: FieldPath, most: Int) {
    refuse(path, "Too long: may not be more than \(most) bytes")
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

  /// A word that must be there and on the list.
  mutating func checkWord(_ word: String, _ path: FieldPath, among words: [String]) {
    if word.isEmpty { return require(path) }
    if !words.contains(word) { refuseUnsupported(word, among: words, at: path) }
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

  /// The mode of a file; `644` without the zero in front is a common slip.
  mutating func checkMode(_ mode: Int?, _ path: FieldPath) {
    guard let mode, !(0...0o777).contains(mode) else { return }
    let usual = [555, 600, 640, 644, 660, 664, 666, 700, 750, 755, 770, 775, 777]
    let hint = usual.contains(mode) ? " (did you mean 0\(mode)?)" : ""
    invalid(path, mode, "must be a number between 0 and 0777 (octal), both inclusive" + hint)
  }
}
