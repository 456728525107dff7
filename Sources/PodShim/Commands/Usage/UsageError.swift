/// A command line that says nothing podshim understands: what is wrong with it, and where to read
/// on. Exit status 2.
struct UsageError: Error, Equatable, CustomStringConvertible {
  var message: String
  /// The verb, when it is known.
  var verb: String?

  init(_ message: String, verb: String? = nil) {
    self.message = message
    self.verb = verb
  }

  var description: String {
    "\(message)\nSee 'podshim help\(verb.map { " " + $0 } ?? "")' for usage."
  }
}
