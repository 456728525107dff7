import PodModel

/// What `label` and `annotate` do: words about objects, given, changed, taken away and shown; of
/// objects that are stored, or of files, which stay as they are.
struct MetadataSession {
  static let list = Flag("list", nil, "Show them instead of a message")
  static let local = Flag("local", nil, "Change nothing: show what the files would be")
  static let overwrite = Flag("overwrite", nil, "Give what is there already another value")
  static let version = Flag(
    "resource-version", nil, .text("VERSION"), "Only if nobody has made another version since")
  static let flags =
    [.file, .recursive] + ResourceQuery.flags + [
      ResourceQuery.all, overwrite, version, list, local, DryRun.flag, OutputFormat.flag,
    ]

  private let invocation: Invocation
  private let world: World
  private let changes: MetadataChanges
  private let printer: ObjectPrinter
  private let dryRun: DryRun
  private let version: String?
  /// What stands before the changes: types and names.
  private let about: [String]

  init(_ map: MetadataMap, _ invocation: Invocation) throws {
    self.invocation = invocation
    world = try World(invocation)
    about = Array(invocation.operands.prefix { !MetadataChanges.isChange($0) })
    changes = try Self.changes(map, invocation.operands.dropFirst(about.count), invocation)
    printer = ObjectPrinter(try OutputFormat.read(invocation))
    dryRun = DryRun(invocation)
    version = invocation.text(Self.version).flatMap { $0.isEmpty ? nil : $0 }
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
    // One version is of one thing.
    let isOne = query.wanted.count == 1 && (query.isNamed || query.wanted[0].kind == .node)
    guard isOne || version == nil else {
      throw invocation.usage("--resource-version may only be used with a single resource")
    }
    for resource in answer.found {
      do {
        try change(resource)
      } catch {
        answer.errors.append(error)
      }
    }
    try answer.complain()
  }

  private static func changes(
    _ map: MetadataMap, _ words: some Sequence<String>, _ invocation: Invocation
  ) throws -> MetadataChanges {
    do {
      return try MetadataChanges(map, words, overwrites: invocation.isOn(overwrite))
    } catch MetadataChanges.Problem.misuse(let text) {
      throw invocation.usage(text)
    }
  }

  private func change(_ resource: Resource) throws {
    let change = ResourceChange(changes: changes, version: version, dryRun: dryRun, world: world)
    let (after, outcome) = try change.make(on: resource)
    try show(after.node, after.reference, outcome, all: after.words(changes.map))
  }

  private func changeFiles() throws {
    for placed in try ManifestFiles.local(invocation, world: world) {
      let path = changes.map.path
      let old = path.reduce(placed.source) { $0?[$1] }?.words ?? [:]
      let outcome = try changes.made(to: old)
      let new = outcome.words
      var node = placed.source
      if new != old { node = node.setting(path, to: new.isEmpty ? nil : Node(words: new)) }
      if let version {
        node = node.setting(["metadata", "resourceVersion"], to: .string(version))
      }
      try show(node, placed.reference, outcome, all: new)
    }
  }

  private func show(
    _ node: Node, _ reference: String, _ outcome: MetadataChanges.Outcome, all: [String: String]
  ) throws {
    for key in outcome.missing { Output.complain("label \"\(key)\" not found.") }
    if invocation.isOn(Self.list) {
      return try Output.show(KeyedLines.labels(all).map { $0 + "\n" }.joined())
    }
    try printer.report(node, reference, did: outcome.word + dryRun.remark)
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
