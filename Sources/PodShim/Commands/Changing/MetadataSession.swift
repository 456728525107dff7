import PodModel

/// What `label` and `annotate` do: words about objects, given, changed, taken away and shown; of
/// objects that are stored, or of files, which stay as they are.
struct MetadataSession {
  static let list = Flag("list", nil, "Show them instead of a message")
  static let local = Flag("local", nil, "Change nothing: show what the files would be")
  static let flags =
    [.file] + ResourceQuery.flags + [
      ResourceQuery.all, MetadataChanges.overwrite, list, local, DryRun.flag, OutputFormat.flag,
    ]

  private let invocation: Invocation
  private let world: World
  private let changes: MetadataChanges
  private let printer: ObjectPrinter
  private let dryRun: DryRun
  /// What stands before the changes: types and names.
  private let about: [String]

  init(_ map: MetadataMap, _ invocation: Invocation) throws {
    self.invocation = invocation
    world = try World(invocation)
    about = Array(invocation.operands.prefix { !MetadataChanges.isChange($0) })
    changes = try MetadataChanges(map, invocation.operands.dropFirst(about.count), invocation)
    printer = ObjectPrinter(try OutputFormat.read(invocation))
    dryRun = DryRun(invocation)
    guard !changes.isEmpty || invocation.isOn(Self.list) else {
      throw invocation.usage("at least one \(map.word) update is required")
    }
    guard !invocation.isOn(Self.list) || printer.isPlain else {
      throw invocation.usage("--list and --output may not be specified together")
    }
  }

  func run() throws {
    if invocation.isOn(Self.local) { return try changeFiles() }
    let query = try ResourceQuery(
      invocation, world, among: [.pod, .node] + ResourceKind.stored, operands: about)
    // There is one node, and it needs no name.
    let isMeant =
      query.isChosen(invocation) || query.wanted.allSatisfy { $0.kind == .node }
    guard isMeant else {
      throw invocation.usage(
        "one or more \(query.wanted[0].kind.plural) must be named, or chosen by --all or -l")
    }
    var answer = try query.resources(ResourceStore(world))
    for resource in answer.found {
      do {
        try change(resource)
      } catch {
        answer.errors.append(error)
      }
    }
    try answer.complain()
  }

  private func change(_ resource: Resource) throws {
    let map = changes.map
    let after = try ResourceChange(world, dryRun).change(map, of: resource, changes)
    let (old, new) = (resource.words(map), after.words(map))
    try show(after.node, after.reference, old, new)
  }

  private func changeFiles() throws {
    for placed in try ManifestFiles.local(invocation, world: world) {
      let map = changes.map
      let old = map.path.reduce(placed.source) { $0?[$1] }?.words ?? [:]
      var new = old
      try changes.apply(to: &new)
      let node = placed.source.setting(map.path, to: new.isEmpty ? nil : Node(words: new))
      try show(old == new ? placed.source : node, placed.reference, old, new)
    }
  }

  private func show(
    _ node: Node, _ reference: String, _ old: [String: String], _ new: [String: String]
  ) throws {
    if invocation.isOn(Self.list) {
      return try Output.show(KeyedLines.labels(new).map { $0 + "\n" }.joined())
    }
    try printer.report(node, reference, did: changes.word(old, new) + dryRun.remark)
  }
}

extension Resource {
  fileprivate func words(_ map: MetadataMap) -> [String: String] {
    switch (content, map) {
    case (.pod(let stored, _), _): stored.pod.metadata[keyPath: map.place]
    case (.object(let object), _): object.metadata[keyPath: map.place]
    case (.node(let node), .labels): node.labels
    case (.node(let node), .annotations): node.annotations
    case (.event, _): [:]
    }
  }
}
