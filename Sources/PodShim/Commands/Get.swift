import PodModel

/// `podshim get pods|events|nodes`: kubectl's columns, or the objects themselves.
enum GetCommand {
  static let output = Flag(
    "output", "o", .choice(["wide", "yaml", "json", "name"]), "How to show them")
  static let showLabels = Flag("show-labels", nil, "A last column with the labels")

  static func run(_ invocation: Invocation) throws -> CInt {
    let world = try World(invocation)
    let what = try ResourceNames.read(invocation, among: ResourceNames.Kind.allCases)
    if invocation.isOn(.allNamespaces), !what.names.isEmpty, what.kind != .node {
      throw invocation.usage("a resource cannot be retrieved by name across all namespaces")
    }
    var errors: [any Error] = []
    let found = try Found(what, invocation, world, &errors)
    if !found.objects.isEmpty || (what.names.isEmpty && isObject(invocation)) {
      try Output.show(text(found, what, invocation))
    } else if errors.isEmpty {
      Output.complain(
        invocation.isOn(.allNamespaces)
          ? "No resources found" : "No resources found in \(world.namespace) namespace.")
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
        let chosen = try GetCommand.named(what, events, \.name, &errors)
        objects = chosen.map(\.node)
        names = chosen.map(\.name)
        table = columns.events(chosen, now: now)
      case .node:
        let nodes = [try NodeRecord.read(root: world.paths.root)]
        let chosen = try GetCommand.named(what, nodes, \.name, &errors)
        objects = chosen.map(\.object)
        names = chosen.map(\.name)
        table = columns.nodes(chosen, now: now)
      }
    }

    /// nil is every namespace.
    private func scope(_ invocation: Invocation, _ world: World) -> String? {
      invocation.isOn(.allNamespaces) ? nil : world.namespace
    }
  }

  /// Those that are named, or all; a name that nothing has is an error.
  private static func named<Thing>(
    _ what: ResourceNames, _ things: [Thing], _ name: (Thing) -> String,
    _ errors: inout [any Error]
  ) throws -> [Thing] {
    if what.names.isEmpty { return things }
    return what.names.compactMap { wanted in
      let found = things.first { name($0) == wanted }
      if found == nil {
        errors.append(CommandError.refused("\(what.kind.words[0]) \"\(wanted)\" not found"))
      }
      return found
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
