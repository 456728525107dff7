import PodModel

/// `podshim set image`: other images for containers of pods that run; each begins again alone.
enum SetCommand {
  static func run(_ invocation: Invocation) throws -> CInt {
    guard invocation.operands[0] == "image" else {
      let hint = invocation.operands[0].hint(among: ["image"])
      throw invocation.usage(
        "there is nothing called \"\(invocation.operands[0])\" to set\(hint): podshim sets image")
    }
    let words = invocation.operands.dropFirst()
    let (names, images) = try PodImages.split(Array(words), invocation)
    let world = try World(invocation)
    try CommandErrors.collect(over: names) { name in
      let stored = try PodStore(world).pod(name, in: world.namespace)
      let update = try PodChange.make(stored) {
        PodUpdate(of: $0, to: try images.set(in: $0))
      }
      // Like kubectl, which says nothing when nothing is to be done.
      if update.isChange { try Output.print("pod/\(name) image updated") }
    }
    return 0
  }
}
