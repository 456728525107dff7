import Glibc
import PodModel

/// `podshim bundle`: the bundles that a pod would run from, and nothing run.
enum BundleCommand {
  static let output = Flag("output", "o", .text("DIR"), "Where to write")
  static let pausePID = Flag(
    "pause-pid", nil, .text("PID"), "Process whose namespaces the containers join")

  static func run(_ invocation: Invocation) throws -> CInt {
    let world = try World(invocation)
    guard let output = invocation.text(output), !output.isEmpty else {
      throw invocation.usage("must specify -o DIR")
    }
    let pid = try invocation.integer(pausePID)
    let directory = try World.absolute(output)
    let objects = try ManifestFiles.objects(invocation, world: world)
    for case let pod as Pod in objects {
      let host = try HostFacts.read(
        for: pod, root: world.paths.root, allowedUnsafeSysctls: world.allowedUnsafeSysctls)
      let writer = try BundleWriter(
        pod, beside: objects, host: host, world: world.paths,
        directory: "\(directory)/\(pod.metadata.name)", pausePID: pid.map(String.init))
      try writer.write()
      try Output.print("\(output)/\(pod.metadata.name)")
    }
    return 0
  }
}
