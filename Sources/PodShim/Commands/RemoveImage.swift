/// `podshim rmi`: takes names from images, and images from the store with their last name.
enum RemoveImageCommand {
  /// Each image is a name or an ID; what `inUse` gives is kept.
  static func run(
    images: [String], store: ImageStore, inUse: () throws -> Set<Digest>,
    output: (String) -> Void
  ) throws {
    for text in images {
      guard let removal = try store.remove(text, inUse: inUse) else {
        throw ImageError.notHere(text)
      }
      for name in removal.untagged { output("Untagged: \(name)") }
      if let id = removal.deleted { output("Deleted: \(id)") }
    }
  }
}
