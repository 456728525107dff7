/// What the API server says about the name, the labels and the notes of any object.
extension ObjectMeta {
  static let rules: [Rule<ObjectMeta>] = [
    checkNames, checkLabels, checkAnnotations, checkFinalizers,
  ]

  func check(at path: FieldPath, into review: inout Review) {
    for rule in Self.rules { rule(self, path, &review) }
  }

  private static func checkNames(
    _ meta: ObjectMeta, _ path: FieldPath, _ review: inout Review
  ) {
    let start = meta.generateName ?? ""
    if meta.name.isEmpty, start.isEmpty {
      review.require(path.field("name"), "name or generateName is required")
    } else if !meta.name.isEmpty {
      review.checkText(meta.name, path.field("name"), Names.subdomain)
    }
    if !start.isEmpty {
      review.checkText(start, path.field("generateName")) { text in
        Names.subdomain(text.hasSuffix("-") ? text.dropLast() + "a" : text)
      }
    }
    review.checkText(meta.namespace, path.field("namespace"), Names.label)
  }

  private static func checkLabels(
    _ meta: ObjectMeta, _ path: FieldPath, _ review: inout Review
  ) {
    review.checkLabels(meta.labels, path.field("labels"))
  }

  private static func checkAnnotations(
    _ meta: ObjectMeta, _ path: FieldPath, _ review: inout Review
  ) {
    let place = path.field("annotations")
    for key in meta.annotations.keys.sorted() {
      review.checkText(key, place.key(key)) { Names.qualified($0.lowercased()) }
    }
    let size = meta.annotations.reduce(0) { $0 + $1.key.utf8.count + $1.value.utf8.count }
    if size > 262_144 { review.tooLong(place, most: 262_144) }
  }

  private static func checkFinalizers(
    _ meta: ObjectMeta, _ path: FieldPath, _ review: inout Review
  ) {
    for (index, name) in meta.finalizers.enumerated() {
      review.checkText(name, path.field("finalizers").index(index), Names.qualified)
    }
  }
}
