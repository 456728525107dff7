import Glibc
import PodModel

/// `podshim pull`: brings images from their registries, side by side.
enum PullCommand {
  static let quiet = Flag("quiet", "q", "Say nothing but what went wrong")

  static func run(_ invocation: Invocation) throws -> CInt {
    let world = try World(invocation)
    var names: [ImageReference] = []
    for text in invocation.operands {
      let name = try ImageReference(text)
      if !names.contains(name) { names.append(name) }
    }
    let screen = invocation.isOn(quiet) ? nil : PullScreen.standardOutput()
    let session = try PullSession(names, world: world, screen: screen)
    return try session.run()
  }
}
