/// What the API server says about a volume of several sources: each of one kind, and no two of
/// them with the same file.
extension ProjectedVolumeSource {
  func check(in spec: PodSpec, _ path: FieldPath, _ review: inout Review) {
    review.checkMode(defaultMode, path.field("defaultMode"))
    for (index, source) in sources.enumerated() {
      source.check(in: spec, path.field("sources").index(index), &review)
    }
    checkPaths(path.field("sources"), &review)
  }

  /// A file stands in the way of another of its name and of a directory.
  private func checkPaths(_ path: FieldPath, _ review: inout Review) {
    var files: Set<String> = []
    var directories: Set<String> = []
    for (index, source) in sources.enumerated() {
      for (file, place) in source.files(at: path.index(index)) where !file.isEmpty {
        let parents = file.parentPaths
        if files.contains(file) || directories.contains(file)
          || parents.contains(where: files.contains)
        {
          review.invalid(place, file, "conflicting duplicate paths")
        }
        files.insert(file)
        directories.formUnion(parents)
      }
    }
  }
}

extension VolumeProjection {
  fileprivate func check(in spec: PodSpec, _ path: FieldPath, _ review: inout Review) {
    let names = Self.fields.filter { $0.encode(self) != nil }.map(\.name)
    for second in names.dropFirst() {
      review.forbid(path.field(second), "may not specify more than 1 volume type per source")
    }
    for (name, object) in [("secret", secret), ("configMap", configMap)] {
      guard let object else { continue }
      let place = path.field(name)
      review.checkName(object.name, place.field("name"), Names.subdomain)
      review.checkItems(object.items, mode: nil, place)
    }
    if let downwardAPI {
      review.checkFiles(downwardAPI.items, in: spec, path.field("downwardAPI"))
    }
    serviceAccountToken?.check(path.field("serviceAccountToken"), &review)
  }

  /// The files whose names the manifest gives; those of whole objects show only later.
  fileprivate func files(at path: FieldPath) -> [(String, FieldPath)] {
    func places(_ name: String, _ paths: [String]) -> [(String, FieldPath)] {
      paths.enumerated().map { index, file in
        (file, path.field(name).field("items").index(index).field("path"))
      }
    }
    return places("secret", (secret?.items ?? []).map(\.path))
      + places("configMap", (configMap?.items ?? []).map(\.path))
      + places("downwardAPI", (downwardAPI?.items ?? []).map(\.path))
      + (serviceAccountToken.map { [($0.path, path.field("serviceAccountToken").field("path"))] }
        ?? [])
  }
}

extension ServiceAccountTokenProjection {
  fileprivate func check(_ path: FieldPath, _ review: inout Review) {
    review.checkName(self.path, path.field("path"), Names.filePath)
    guard let seconds = expirationSeconds else { return }
    let place = path.field("expirationSeconds")
    if seconds < 600 {
      review.invalid(place, seconds, "may not specify a duration less than 10 minutes")
    } else if seconds > 1 << 32 {
      review.invalid(place, seconds, "may not specify a duration larger than 2^32 seconds")
    }
  }
}

extension String {
  /// `a` and `a/b` of `a/b/c`.
  fileprivate var parentPaths: [String] {
    let parts = split(separator: "/")
    return parts.indices.dropFirst().map { parts[..<$0].joined(separator: "/") }
  }
}
