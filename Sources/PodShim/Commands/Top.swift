import Glibc
import PodModel

/// `podshim top`: what pods and this host use of processors and memory, now.
enum TopCommand {
  static let containers = Flag("containers", nil, "A line for each container")
  static let sum = Flag("sum", nil, "A last line with the sums")
  static let noHeaders = Flag("no-headers", nil, "Leave the titles out")
  static let sortBy = Flag("sort-by", nil, .choice(["cpu", "memory"]), "The largest first")
  static let flags = [containers, sum, noHeaders, sortBy] + ResourceQuery.flags

  /// Long enough to tell, short enough to wait for.
  private static let interval: useconds_t = 250_000

  static func run(_ invocation: Invocation) throws -> CInt {
    let world = try World(invocation)
    let query = try ResourceQuery(invocation, world, among: [.pod, .node])
    if query.isMixed { throw invocation.usage("pods and nodes are not shown in one table") }
    guard Privilege.isRoot || query.wanted.allSatisfy({ $0.kind == .node }) else {
      throw CommandError("pods without root have no control groups that tell what they use")
    }
    let answer = try query.resources(ResourceStore(world))
    try answer.complain()
    var (rows, table) = try measure(answer.found, invocation, interval)
    if rows.isEmpty, query.isNamed {
      let names = answer.found.map(\.reference).joined(separator: ", ")
      throw CommandError("nothing runs of \(names)")
    }
    if rows.isEmpty {
      Output.complainOfNothing(in: invocation.isOn(.allNamespaces) ? nil : world.namespace)
      return 0
    }
    switch invocation.text(sortBy) {
    case "cpu": rows.sort { $0.cpu > $1.cpu }
    case "memory": rows.sort { $0.memory > $1.memory }
    default: break
    }
    let text = table.text(
      rows, hasHeader: !invocation.isOn(noHeaders), hasSum: invocation.isOn(sum))
    try Output.show(text)
    return 0
  }

  private static func measure(
    _ things: [Resource], _ invocation: Invocation, _ interval: useconds_t
  ) throws -> ([UsageRow], UsageTable) {
    var pods: [StoredPod] = []
    for thing in things {
      switch thing.content {
      case .pod(let stored, _): pods.append(stored)
      case .node(let node): return ([try NodeUsage.row(of: node, over: interval)], .ofNodes)
      default: continue
      }
    }
    let groups = try pods.flatMap(ContainerGroup.all)
    let before = groups.map { $0.sample() }
    if !groups.isEmpty { usleep(interval) }
    var rows: [UsageRow] = []
    for (group, before) in zip(groups, before) {
      guard let before, let after = group.sample() else { continue }
      rows.append(
        UsageRow(
          namespace: group.namespace, name: group.pod, container: group.container,
          cpu: after.millicores(since: before), memory: after.workingSet))
    }
    let hasContainers = invocation.isOn(containers)
    let table = UsageTable.ofPods(
      hasContainers: hasContainers, hasNamespaces: invocation.isOn(.allNamespaces))
    return (hasContainers ? rows : UsageRow.sums(of: rows), table)
  }
}
