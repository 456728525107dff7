import Glibc
import PodModel

/// `podshim tree`: the processes of a pod, and which namespaces they share.
enum TreeCommand {
  static func run(_ invocation: Invocation) throws -> CInt {
    let world = try World(invocation)
    let stored = try PodStore(world).pod(PodNames.single(invocation), in: world.namespace)
    let processes = try PodProcesses.read(stored.paths)
    guard !processes.isEmpty else {
      throw CommandError("nothing of pod \"\(stored.name)\" runs")
    }
    let names = [Supervisor.pauseName] + stored.pod.spec.allContainers.map(\.name)
    let tree = ProcessTree(
      of: "\(stored.namespace)/\(stored.name)", names, processes, host: PodProcesses.ofHost())
    try Output.show(tree.text)
    return 0
  }
}
