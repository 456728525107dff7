import PodModel

/// `podshim get`: kubectl's columns, or the objects themselves.
enum GetCommand {
  static let output = Flag(
    "output", "o", .choice(["wide", "yaml", "json", "name"]), "How to show them")
  static let showLabels = Flag("show-labels", nil, "A last column with the labels")

  static func run(_ invocation: Invocation) throws -> CInt {
    let world = try World(invocation)
    let what = try ResourceNames.read(invocation, among: ResourceKind.allCases)
    if invocation.isOn(.allNamespaces), !what.names.isEmpty, what.kind != .node {
      throw invocation.usage("a resource cannot be retrieved by name across all namespaces")
    }
    var errors: [any Error] = []
    let found = try Found(what, invocation, world, &errors)
    if !found.objects.isEmpty || (what.names.isEmpty && isObject(invocation)) {
      try Output.show(text(found, what, invocation))
    } else if errors.isEmpty {
      Output.complainOfNothing(in: invocation.isOn(.allNamespaces) ? nil : world.namespace)
    }
    guard errors.isEmpty else { throw CommandErrors(errors: errors) }
    return 0
  }

  /// What was asked for and is there, of one kind.
  private struct Found {
    var objects: [Node] = []
    var names: [String] = []
    var table: [[String]] = []

    init(
      _ what: ResourceNames, _ invocation: Invocation, _ world: World,
      _ errors: inout [any Error]
    ) throws {
      let now = Timestamp(wall: Clock.wall())
      let columns = TableColumns(invocation)
      switch what.kind {
      case .pod:
        let pods = try PodStore(world).shown(what.names, in: scope(invocation, world), &errors)
        objects = pods.map(\.node)
        names = pods.map(\.metadata.name)
        table = columns.pods(pods, now: now)
      case .event:
        let events = try EventsCommand.all(in: scope(invocation, world), of: PodStore(world))
        let chosen = what.choose(from: events, by: \.name, &errors)
        objects = chosen.map(\.node)
        names = chosen.map(\.name)
        table = columns.events(chosen, now: now)
      case .node:
        let nodes = [try NodeRecord.read(root: world.paths.root)]
        let chosen = what.choose(from: nodes, by: \.name, &errors)
        objects = chosen.map(\.object)
        names = chosen.map(\.name)
        table = columns.nodes(chosen, now: now)
      case .configMap, .secret, .serviceAccount, .podPreset:
        guard let kind = Kind(what.kind) else { return }
        let all = try ObjectStore(host: world.paths).all(of: kind, in: scope(invocation, world))
        let chosen = what.choose(from: all, by: \.metadata.name, &errors)
        objects = chosen.map(\.node)
        names = chosen.map(\.metadata.name)
        table = columns.objects(chosen, of: kind, now: now)
      }
    }

    /// nil is every namespace.
    private func scope(_ invocation: Invocation, _ world: World) -> String? {
      invocation.isOn(.allNamespaces) ? nil : world.namespace
    }
  }

  private static func isObject(_ invocation: Invocation) -> Bool {
    ["yaml", "json"].contains(invocation.text(output))
  }

  private static func text(
    _ found: Found, _ what: ResourceNames, _ invocation: Invocation
  ) -> String {
    switch invocation.text(output) {
    case "name": ObjectText.names(found.names, of: what.kind)
    case let format? where format != "wide":
      ObjectText.text(found.objects, format: format, isList: what.names.count != 1)
    default: Columns.text(found.table)
    }
  }
}
