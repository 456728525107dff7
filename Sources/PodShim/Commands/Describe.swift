import PodModel

/// `podshim describe`: everything that there is to say, for a person to read.
enum DescribeCommand {
  static let showEvents = Flag("show-events", nil, "What happened, too (default: true)")

  static func run(_ invocation: Invocation) throws -> CInt {
    let world = try World(invocation)
    let what = try ResourceNames.read(invocation, among: [.pod, .node] + ResourceKind.stored)
    let now = Timestamp(wall: Clock.wall())
    var errors: [any Error] = []
    var texts: [String] = []
    if what.kind == .node {
      texts = try nodes(what, world, now, &errors)
    } else if let kind = Kind(what.kind) {
      texts = try objects(kind, what, invocation, world, &errors)
    } else {
      let everywhere = invocation.isOn(.allNamespaces)
      if everywhere, !what.names.isEmpty {
        throw invocation.usage("a resource cannot be retrieved by name across all namespaces")
      }
      let pods = try chosen(what.names, everywhere ? nil : world.namespace, world, &errors)
      for pod in pods {
        let events = invocation.isOn(showEvents, otherwise: true) ? pod.events() : nil
        let description = PodDescription(
          pod: try pod.shown(), events: events, now: now, time: .host)
        texts.append(description.text)
      }
      if pods.isEmpty, errors.isEmpty {
        Output.complainOfNothing(in: everywhere ? nil : world.namespace)
      }
    }
    if !texts.isEmpty { try Output.show(texts.joined(separator: "\n\n")) }
    guard errors.isEmpty else { throw CommandErrors(errors: errors) }
    return 0
  }

  /// The pods of these names; as kubectl does, a name that no pod has stands for all pods whose
  /// names begin so.
  private static func chosen(
    _ names: [String], _ namespace: String?, _ world: World, _ errors: inout [any Error]
  ) throws -> [StoredPod] {
    let store = PodStore(world)
    if names.isEmpty { return try store.pods(in: namespace) }
    var chosen: [StoredPod] = []
    for name in names {
      do {
        chosen.append(try store.pod(name, in: world.namespace))
      } catch {
        let alike = try store.pods(in: world.namespace).filter { $0.name.hasPrefix(name) }
        if alike.isEmpty || name.isEmpty { errors.append(error) } else { chosen += alike }
      }
    }
    return chosen
  }

  private static func objects(
    _ kind: Kind, _ what: ResourceNames, _ invocation: Invocation, _ world: World,
    _ errors: inout [any Error]
  ) throws -> [String] {
    let namespace = invocation.isOn(.allNamespaces) ? nil : world.namespace
    let all = try ObjectStore(host: world.paths).all(of: kind, in: namespace)
    let chosen = what.choose(from: all, by: \.metadata.name, &errors)
    if chosen.isEmpty, errors.isEmpty { Output.complainOfNothing(in: namespace) }
    return chosen.map { ObjectDescription(object: $0).text }
  }

  private static func nodes(
    _ what: ResourceNames, _ world: World, _ now: Timestamp, _ errors: inout [any Error]
  ) throws -> [String] {
    let node = try NodeRecord.read(root: world.paths.root)
    errors += what.names.filter { $0 != node.name }.map {
      CommandError.refused("nodes \"\($0)\" not found")
    }
    guard what.names.isEmpty || what.names.contains(node.name) else { return [] }
    let pods = try PodStore(world).pods(in: nil).map { try $0.shown() }
    return [NodeDescription.of(node, pods: pods, now: now, time: .host).text]
  }
}
