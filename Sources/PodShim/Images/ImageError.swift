/// Why an image cannot be loaded, found or removed, in one sentence that says what to do.
struct ImageError: Error, Equatable, CustomStringConvertible {
  var message: String

  init(_ message: String) {
    self.message = message
  }

  var description: String { message }

  static func notHere(_ name: String) -> ImageError {
    ImageError("image `\(name)` is not here: `podshim images` lists those that are")
  }
}
