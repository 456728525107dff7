import PodModel

/// `podshim load`, `images` and `rmi`: their command lines.
enum ImageCommands {
  static let input = Flag(
    "input", "i", .text("FILE|DIR"), "Archive or OCI directory, - for standard input",
    isRepeatable: true)
  static let name = Flag("name", nil, .text("REF"), "What to call the image")
  static let disk = Flag("disk", nil, "Show what the images take of the disk, unpacked layers too")

  static let idsOnly = Flag("quiet", "q", "Only the IDs of the images, each once")
  static let quiet = Flag(
    "quiet", "q", .boolean, "Changes nothing: there is no progress to show", isHidden: true)

  static func load(_ invocation: Invocation) throws -> CInt {
    let world = try World(invocation)
    let paths = invocation.texts(input)
    guard !paths.isEmpty else { throw invocation.usage("must specify -i FILE") }
    let store = ImageStore(root: world.paths.root)
    return try printing { output in
      let names = try LoadCommand.run(
        paths: paths, name: invocation.text(name), store: store, output: output)
      ImageNews.tell(of: names, world)
    }
  }

  static func list(_ invocation: Invocation) throws -> CInt {
    let store = ImageStore(root: try World(invocation).paths.root)
    var lines: [String] = []
    if invocation.isOn(idsOnly) {
      for image in try store.list() where !lines.contains(image.id.short) {
        lines.append(image.id.short)
      }
    } else {
      let showsDisk = invocation.isOn(disk)
      try ImagesCommand.run(store: store, now: Clock.wall(), showsDisk: showsDisk) {
        lines.append($0)
      }
    }
    try Output.show(lines.map { $0 + "\n" }.joined())
    return 0
  }

  static func remove(_ invocation: Invocation) throws -> CInt {
    let world = try World(invocation)
    let store = ImageStore(root: world.paths.root)
    return try printing { output in
      try RemoveImageCommand.run(
        images: invocation.operands, store: store, inUse: { try ImagesInUse.read(world, store) },
        output: output)
    }
  }

  /// The work goes on when nobody can read any more what it says; that is told afterwards.
  static func printing(_ work: (_ output: (String) -> Void) throws -> Void) throws -> CInt {
    var failure: SyscallError?
    try work { line in
      do throws(SyscallError) { try Output.print(line) } catch { failure = failure ?? error }
    }
    if let failure { throw failure }
    return 0
  }
}
