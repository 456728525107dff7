/// An absolute path inside a container, freed of `.`, `..` and doubled slashes by its text alone.
///
/// Mounts are compared and ordered by it: two spellings of one place are equal, and a place comes
/// after the places that hold it.
struct ContainerPath: Hashable {
  let components: [String]

  /// A relative path is taken from the root of the container.
  init(_ text: String) {
    var components: [String] = []
    for part in text.split(separator: "/") where part != "." {
      if part == ".." { _ = components.popLast() } else { components.append(String(part)) }
    }
    self.components = components
  }

  var depth: Int { components.count }

  /// True for a place below `other`, not for `other` itself.
  func isInside(_ other: ContainerPath) -> Bool {
    depth > other.depth && components.starts(with: other.components)
  }
}

extension ContainerPath: CustomStringConvertible {
  var description: String { "/" + components.joined(separator: "/") }
}
