import Glibc
import PodModel

/// `podshim cp`: files and folders into a container and out of it.
///
/// A copy of this program runs in the container, as `exec` would run it, and packs or unpacks
/// there: so the container needs no `tar`, paths mean what they mean inside, and no link leads out.
enum CopyCommand {
  static let noPreserve = Flag(
    "no-preserve", nil, "Owners and permissions are those of new files in the container")
  static let retries = Flag(
    "retries", nil, .text("COUNT"), "Taken for kubectl's sake: nothing gets lost on the way",
    isHidden: true)

  static func run(_ invocation: Invocation) throws -> CInt {
    let world = try World(invocation)
    _ = try invocation.integer(retries)
    let source = try CopyPlace(invocation.operands[0])
    let target = try CopyPlace(invocation.operands[1])
    switch (source.pod, target.pod) {
    case (nil, let pod?):
      guard Files.exists(source.path) else {
        throw CommandError("\(source.path) doesn't exist in local filesystem")
      }
      return try put(
        source.path, target.path, in: container(pod, target.namespace, invocation, world),
        keepsOwners: !invocation.isOn(noPreserve))
    case (let pod?, nil):
      return try get(
        source.path, target.path, from: container(pod, source.namespace, invocation, world))
    default:
      throw CommandError("one of src or dest must be a local file specification")
    }
  }

  private static func container(
    _ pod: String, _ namespace: String?, _ invocation: Invocation, _ world: World
  ) throws -> RunningContainer {
    let stored = try PodStore(world).pod(pod, in: namespace ?? world.namespace)
    let container = try ContainerChoice.one(of: stored.pod, named: invocation.text(.container))
    return try RunningContainer(container.name, of: stored, world)
  }

  private static func put(
    _ source: String, _ target: String, in container: RunningContainer, keepsOwners: Bool
  ) throws -> CInt {
    let words = ["in", target, CopyPlace.name(of: source), keepsOwners ? "owners" : "none"]
    return try send(source, words, to: container).wait().code
  }

  /// The other end, which has everything or has said what is wrong.
  private static func send(
    _ source: String, _ words: [String], to container: RunningContainer
  ) throws -> Child {
    let (child, output) = try CopyProgram.startReading(words, in: container)
    do {
      try CopyWriter(to: output).write(source)
    } catch let error as SyscallError where error.errno == EPIPE {
      return child
    }
    return child
  }

  private static func get(
    _ source: String, _ target: String, from container: RunningContainer
  ) throws -> CInt {
    let (child, input) = try CopyProgram.startWriting(["out", source], in: container)
    do {
      try CopyReader(from: input, takesLinks: false).read(
        into: target, or: CopyPlace.name(of: source))
    } catch CopyReader.Torn.early {
      return max(1, try child.wait().code)
    }
    return try child.wait().code
  }
}
