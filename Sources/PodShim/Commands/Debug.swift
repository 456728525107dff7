import Glibc
import PodModel

/// `podshim debug`: one container more in a pod that runs, to look inside.
enum DebugCommand {
  static let image = Flag("image", nil, .text("IMAGE"), "Image of the new container")
  static let target = Flag(
    "target", nil, .text("CONTAINER"), "Container whose processes the new one shall see")
  static let argumentsOnly = Flag(
    "arguments-only", nil, "What stands after -- replaces the image's CMD, not its ENTRYPOINT")
  static let environment = Flag(
    "env", nil, .text("NAME=VALUE"), "Environment variables", isRepeatable: true)
  static let pullPolicy = Flag(
    "image-pull-policy", nil, .choice(["Always", "IfNotPresent", "Never"]),
    "When the image is fetched")
  static let attach = Flag("attach", nil, "Sit down at it when it runs (default: with -i)")

  static func run(_ invocation: Invocation) throws -> CInt {
    let world = try World(invocation)
    let added = try container(invocation)
    let name = added.common.name
    let stored = try PodStore(world).pod(PodNames.single(invocation), in: world.namespace)
    let phase = try stored.life().life.phase
    guard phase != .succeeded, phase != .failed else {
      throw CommandError(
        "cannot debug a completed pod; current phase is \(phase.rawValue)")
    }
    let isQuiet = invocation.isOn(.quiet)
    try PodChange.make(stored) { PodUpdate(of: $0, adding: added) }
    if let target = added.targetContainerName, !isQuiet {
      Output.complain("Targeting container \"\(target)\".")
    }
    if !invocation.isGiven(.container), !isQuiet {
      Output.complain("Defaulting debug container name to \(name).")
    }
    let stdin = invocation.isOn(.stdin)
    guard invocation.isOn(attach, otherwise: stdin) else { return 0 }
    let wish = TerminalWish(stdin: stdin, tty: invocation.isOn(.tty))
    return try StartedSession(stored, container: name).run(wish, isQuiet: isQuiet).status
  }

  static func container(_ invocation: Invocation) throws -> EphemeralContainer {
    guard let image = invocation.text(image), !image.isEmpty else {
      throw invocation.usage("you must specify --image")
    }
    if invocation.isOn(.tty), !invocation.isOn(.stdin) {
      throw invocation.usage("-i/--stdin is required for containers with -t/--tty=true")
    }
    var container = EphemeralContainer()
    container.common.name = invocation.text(.container) ?? NewPod.name("debugger-")
    container.common.image = image
    container.common.imagePullPolicy = invocation.text(pullPolicy).flatMap(PullPolicy.init)
    container.common.env = try invocation.texts(environment).map(EnvVar.init(word:))
    if invocation.isOn(argumentsOnly) {
      container.common.args = invocation.arguments
    } else {
      container.common.command = invocation.arguments
    }
    if invocation.isOn(.stdin) { container.common.stdin = true }
    if invocation.isOn(.tty) { container.common.tty = true }
    container.targetContainerName = invocation.text(target)
    return container
  }
}
