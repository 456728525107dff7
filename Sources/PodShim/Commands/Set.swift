import PodModel

/// `podshim set image`: other images for containers; of a pod that runs each begins again alone,
/// and files stay as they are.
enum SetCommand {
  static let flags =
    [.file, .recursive] + ResourceQuery.flags + [
      ResourceQuery.all, MetadataSession.local, DryRun.flag, OutputFormat.flag,
    ]

  static func run(_ invocation: Invocation) throws -> CInt {
    guard invocation.operands[0] == "image" else {
      let hint = invocation.operands[0].hint(among: ["image"])
      throw invocation.usage(
        "there is nothing called \"\(invocation.operands[0])\" to set\(hint): podshim sets image")
    }
    let (about, images) = try PodImages.split(Array(invocation.operands.dropFirst()), invocation)
    let world = try World(invocation)
    let printer = ObjectPrinter(try OutputFormat.read(invocation))
    if invocation.isOn(MetadataSession.local) {
      try changeFiles(images, invocation, world, printer)
    } else {
      try change(about, images, invocation, world, printer)
    }
    return 0
  }

  private static func change(
    _ about: [String], _ images: PodImages, _ invocation: Invocation, _ world: World,
    _ printer: ObjectPrinter
  ) throws {
    let query = try ResourceQuery(invocation, world, among: [.pod], operands: about)
    guard query.isChosen(invocation) else {
      throw invocation.usage(
        "one or more pods must be named, as in set image pod/web main=nginx, or chosen by --all "
          + "or -l")
    }
    let dryRun = DryRun(invocation)
    var answer = try query.resources(ResourceStore(world))
    for case .pod(let stored, _) in answer.found.map(\.content) {
      do {
        let update = try PodChange.make(stored, isDry: dryRun.isDry) {
          PodUpdate(of: $0, to: try images.set(in: $0))
        }
        // Like kubectl, which says nothing when nothing is to be done.
        guard update.isChange else { continue }
        let shown = try StoredPod(pod: update.pod, paths: stored.paths).shown()
        let word = "image updated" + dryRun.remark
        try printer.report(shown.node, "pod/\(stored.name)", did: word)
      } catch {
        answer.errors.append(error)
      }
    }
    try answer.complain()
  }

  private static func changeFiles(
    _ images: PodImages, _ invocation: Invocation, _ world: World, _ printer: ObjectPrinter
  ) throws {
    let all = try ManifestFiles.local(invocation, world: world)
    try CommandErrors.collect(over: all) { placed in
      let changed = try images.set(in: placed.source)
      guard changed != placed.source else { return }
      let remark = DryRun(invocation).remark
      try printer.report(changed.typedPod, placed.reference, did: "image updated" + remark)
    }
  }
}
