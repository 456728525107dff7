import PodModel

/// `podshim label`: words by which pods, what they refer to and this host are chosen.
enum LabelCommand {
  static func run(_ invocation: Invocation) throws -> CInt {
    try MetadataSession(.labels, invocation).run()
    return 0
  }
}
