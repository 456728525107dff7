/// What the API server says about a Secret: the rules of a ConfigMap, and the keys that its type
/// promises.
///
/// No message shows a value.
extension Secret {
  public func check(at path: FieldPath, into review: inout Review) {
    metadata.check(at: path.field("metadata"), into: &review)
    for (list, keys) in [("data", Array(data.keys)), ("stringData", Array(stringData.keys))] {
      for key in keys.sorted() {
        review.checkText(key, path.field(list).key(key), Names.configKey)
      }
    }
    let values = merged
    let size = values.values.reduce(0) { $0 + $1.count }
    if size > ConfigMap.mostBytes {
      review.tooLong(
        path.field(data.isEmpty ? "stringData" : "data"), most: ConfigMap.mostBytes)
    }
    checkType(of: values, path, &review)
  }

  /// The values as they are stored: `stringData` wins over `data`.
  private var merged: [String: [UInt8]] {
    data.mapValues(\.bytes).merging(stringData.mapValues { Array($0.utf8) }) { $1 }
  }

  private func checkType(
    of values: [String: [UInt8]], _ path: FieldPath, _ review: inout Review
  ) {
    let data = path.field("data")
    switch type {
    case "kubernetes.io/dockercfg": checkJSON(".dockercfg", of: values, data, &review)
    case "kubernetes.io/dockerconfigjson":
      checkJSON(".dockerconfigjson", of: values, data, &review)
    case "kubernetes.io/basic-auth":
      // One of the two is enough.
      if values["username"] == nil, values["password"] == nil {
        review.require(data.key("username"))
        review.require(data.key("password"))
      }
    case "kubernetes.io/ssh-auth":
      if values["ssh-privatekey"]?.isEmpty ?? true { review.require(data.key("ssh-privatekey")) }
    case "kubernetes.io/tls":
      for key in ["tls.crt", "tls.key"] where values[key] == nil { review.require(data.key(key)) }
    case "kubernetes.io/service-account-token":
      let name = "kubernetes.io/service-account.name"
      if metadata.annotations[name]?.isEmpty ?? true {
        review.require(path.field("metadata").field("annotations").key(name))
      }
    default: break
    }
  }

  private func checkJSON(
    _ key: String, of values: [String: [UInt8]], _ path: FieldPath, _ review: inout Review
  ) {
    let place = path.key(key)
    guard let bytes = values[key] else { return review.require(place) }
    var reader = JSONReader(bytes, file: nil)
    guard let document = try? reader.document(), case .mapping = document.content,
      reader.problems.isEmpty
    else {
      return review.invalid(place, "<secret contents redacted>", "must be a JSON object")
    }
  }

  /// What may not change any more: the type, and everything once `immutable` is set.
  public func checkUpdate(of old: Secret, at path: FieldPath, into review: inout Review) {
    if let type, type != old.type ?? "Opaque" {
      review.invalid(path.field("type"), type, "field is immutable")
    }
    guard old.immutable == true else { return }
    review.forbidChange(path.field("immutable"), immutable != true)
    review.forbidChange(path.field("data"), merged != old.merged)
  }
}
