import OCISpec
import PodModel

/// `podshim image`: what is done with images of the store beside listing and removing them.
enum ImageCommand {
  static let all = Flag("all", "a", "Remove every image that no pod uses, not only untagged ones")

  static func run(_ invocation: Invocation) throws -> CInt {
    let words = invocation.operands.dropFirst()
    switch invocation.operands[0] {
    case "prune":
      guard words.isEmpty else { throw invocation.usage("image prune takes no image") }
      return try prune(invocation)
    case "inspect":
      guard !words.isEmpty else { throw invocation.usage("image inspect wants IMAGE…") }
      return try inspect(Array(words), invocation)
    case let word:
      let hint = word.hint(among: ["prune", "inspect"])
      throw invocation.usage("there is nothing called \"\(word)\" to do with images\(hint)")
    }
  }

  private static func prune(_ invocation: Invocation) throws -> CInt {
    let world = try World(invocation)
    let store = ImageStore(root: world.paths.root)
    return try ImageCommands.printing { output in
      let pruned = try store.prune(all: invocation.isOn(all)) {
        try ImagesInUse.read(world, store)
      }
      for name in pruned.untagged { output("Untagged: \(name)") }
      for id in pruned.deleted { output("Deleted: \(id)") }
      output("Total reclaimed space: \(ImagesCommand.size(pruned.freed))")
    }
  }

  private static func inspect(_ names: [String], _ invocation: Invocation) throws -> CInt {
    let store = ImageStore(root: try World(invocation).paths.root)
    let all = try store.list()
    let shown = try names.map { name in
      guard let image = try store.find(name) else { throw ImageError.notHere(name) }
      return InspectedImage(image, names: all.filter { $0.id == image.id })
    }
    try Output.show(String(decoding: JSON.pretty(shown), as: UTF8.self))
    return 0
  }
}
