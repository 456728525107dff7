import PodModel

/// `podshim get pods`: kubectl's columns, or the objects themselves.
enum GetCommand {
  static let output = Flag(
    "output", "o", .choice(["wide", "yaml", "json", "name"]), "How to show them")

  static func run(_ invocation: Invocation) throws -> CInt {
    let world = try World(invocation)
    let names = try PodNames.afterType(invocation)
    let everywhere = invocation.isOn(.allNamespaces)
    if everywhere, !names.isEmpty {
      throw invocation.usage("a resource cannot be retrieved by name across all namespaces")
    }
    let store = PodStore(world)
    var errors: [any Error] = []
    var pods: [Pod] = []
    if names.isEmpty {
      pods = try store.pods(in: everywhere ? nil : world.namespace).map { try $0.shown() }
    }
    for name in names {
      do {
        pods.append(try store.pod(name, in: world.namespace).shown())
      } catch {
        errors.append(error)
      }
    }
    if !pods.isEmpty || (names.isEmpty && isObject(invocation)) {
      let isList = names.count != 1
      try Output.show(text(pods, invocation, isList: isList, withNamespace: everywhere))
    } else if errors.isEmpty {
      Output.complain(
        everywhere ? "No resources found" : "No resources found in \(world.namespace) namespace.")
    }
    guard errors.isEmpty else { throw CommandErrors(errors: errors) }
    return 0
  }

  private static func isObject(_ invocation: Invocation) -> Bool {
    ["yaml", "json"].contains(invocation.text(output))
  }

  private static func text(
    _ pods: [Pod], _ invocation: Invocation, isList: Bool, withNamespace: Bool
  ) -> String {
    switch invocation.text(output) {
    case "yaml": return object(pods, isList: isList).yamlText()
    case "json": return object(pods, isList: isList).jsonText()
    case "name": return pods.map { "pod/\($0.metadata.name)\n" }.joined()
    case let format:
      return table(pods, isWide: format == "wide", withNamespace: withNamespace)
    }
  }

  private static func object(_ pods: [Pod], isList: Bool) -> Node {
    if !isList, let pod = pods.first { return pod.node }
    return .mapping([
      .init("apiVersion", .string("v1")), .init("kind", .string("List")),
      .init("items", .sequence(pods.map(\.node))),
      .init("metadata", .mapping([.init("resourceVersion", .string(""))])),
    ])
  }

  static func table(
    _ pods: [Pod], isWide: Bool, withNamespace: Bool,
    now: Timestamp = Timestamp(wall: Clock.wall())
  ) -> String {
    var rows = [isWide ? PodRow.wideHeader : PodRow.header]
    for pod in pods {
      let row = PodRow(pod, now: now)
      rows.append(isWide ? row.wideCells : row.cells)
    }
    if withNamespace {
      let namespaces = ["NAMESPACE"] + pods.map { $0.metadata.namespace ?? "default" }
      rows = zip(namespaces, rows).map { [$0] + $1 }
    }
    return Columns.text(rows)
  }
}
