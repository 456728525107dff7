/// What the API server says about a ConfigMap: its keys become names of files, and all of it has to
/// fit into one megabyte.
extension ConfigMap {
  public func check(at path: FieldPath, into review: inout Review) {
    metadata.check(at: path.field("metadata"), into: &review)
    let data = path.field("data")
    for key in self.data.keys.sorted() {
      let place = data.key(key)
      if binaryData[key] != nil {
        review.invalid(place, key, "duplicate of key present in binaryData")
      }
      review.checkText(key, place, Names.configKey)
    }
    for key in binaryData.keys.sorted() {
      review.checkText(key, path.field("binaryData").key(key), Names.configKey)
    }
    let size =
      self.data.values.reduce(0) { $0 + $1.utf8.count }
      + binaryData.values.reduce(0) { $0 + $1.bytes.count }
    let place = self.data.isEmpty ? path.field("binaryData") : data
    if size > Self.mostBytes { review.tooLong(place, most: Self.mostBytes) }
  }

  /// As much as a ConfigMap or a Secret may hold.
  static let mostBytes = 1_048_576

  /// What may not change any more once `immutable` is set.
  public func checkUpdate(of old: ConfigMap, at path: FieldPath, into review: inout Review) {
    guard old.immutable == true else { return }
    review.forbidChange(path.field("immutable"), immutable != true)
    review.forbidChange(path.field("data"), data != old.data)
    review.forbidChange(path.field("binaryData"), binaryData != old.binaryData)
  }
}

extension Review {
  mutating func forbidChange(_ path: FieldPath, _ isChange: Bool) {
    if isChange { forbid(path, "field is immutable when `immutable` is set") }
  }
}
