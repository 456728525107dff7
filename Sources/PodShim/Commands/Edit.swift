import PodModel

/// `podshim edit`: an object in an editor, and what was made of it put in its place.
enum EditCommand {
  static let flags: [Flag] = [.file, .recursive, OutputFormat.flag]

  static func run(_ invocation: Invocation) throws -> CInt {
    let world = try World(invocation)
    let query = try ResourceQuery(invocation, world, among: [.pod] + ResourceKind.stored)
    guard query.isNamed else {
      throw invocation.usage("what is to be edited must be named, as in edit pod web")
    }
    let answer = try query.resources(ResourceStore(world))
    try answer.complain()
    let printer = ObjectPrinter(try OutputFormat.read(invocation))
    for resource in answer.found {
      guard let edited = try EditSession(resource, world).run() else { continue }
      try printer.report(edited.node, resource.reference, did: "edited")
    }
    return 0
  }
}
