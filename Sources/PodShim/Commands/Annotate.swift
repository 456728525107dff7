import PodModel

/// `podshim annotate`: words about pods, what they refer to and this host.
enum AnnotateCommand {
  static func run(_ invocation: Invocation) throws -> CInt {
    try MetadataSession(.annotations, invocation).run()
    return 0
  }
}
