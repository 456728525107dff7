import PodModel

/// `podshim describe`: everything that there is to say, for a person to read.
enum DescribeCommand {
  static let showEvents = Flag("show-events", nil, "What happened, too (default: true)")

  private static let kinds = [.pod, .node] + ResourceKind.stored

  static func run(_ invocation: Invocation) throws -> CInt {
    let world = try World(invocation)
    let query = try ResourceQuery(invocation, world, among: kinds)
    let answer = try alike(query.resources(ResourceStore(world)), query, world)
    let withEvents = invocation.isOn(showEvents, otherwise: true)
    let texts = try answer.found.map { try text($0, world, withEvents: withEvents) }
    if !texts.isEmpty { try Output.show(texts.joined(separator: "\n\n")) }
    if texts.isEmpty, answer.errors.isEmpty {
      Output.complainOfNothing(in: invocation.isOn(.allNamespaces) ? nil : world.namespace)
    }
    try answer.complain()
    return 0
  }

  private static func text(
    _ resource: Resource, _ world: World, withEvents: Bool
  ) throws -> String {
    let now = Timestamp(wall: Clock.wall())
    switch resource.content {
    case .pod(let stored, let pod):
      let events = withEvents ? stored.events() : nil
      return PodDescription(pod: pod, events: events, now: now, time: .host).text
    case .object(let object): return ObjectDescription(object: object).text
    case .node(let node):
      let pods = try PodStore(world).pods(in: nil).map { try $0.shown() }
      return NodeDescription.of(node, pods: pods, now: now, time: .host).text
    case .event: return ""
    }
  }

  /// As kubectl does: a name that nothing has stands for all things whose names begin so.
  private static func alike(
    _ answer: ResourceQuery.Answer, _ query: ResourceQuery, _ world: World
  ) throws -> ResourceQuery.Answer {
    var all = ResourceQuery.Answer(found: answer.found)
    for want in query.wanted {
      guard let name = want.name, !answer.found.contains(where: { want.names($0) }) else {
        continue
      }
      let others = try ResourceStore(world).all(want.kind, in: want.namespace).filter {
        !name.isEmpty && $0.name.hasPrefix(name)
      }
      if others.isEmpty { all.errors.append(CommandError.notFound(want.kind, name)) }
      all.found += others
    }
    return all
  }
}
