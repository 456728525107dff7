import Glibc
import PodModel

/// `podshim attach`: sits down at a container that runs.
enum AttachCommand {
  static func run(_ invocation: Invocation) throws -> CInt {
    let world = try World(invocation)
    let stored = try PodStore(world).pod(PodNames.single(invocation), in: world.namespace)
    let isQuiet = invocation.isOn(.quiet)
    let container = try ContainerChoice.one(
      of: stored.pod, named: invocation.text(.container), isQuiet: isQuiet)
    let phase = try ContainerWait(invocation).life(of: stored, container: container.name).phase
    if phase == .succeeded || phase == .failed {
      throw CommandError(
        "cannot attach a container in a completed pod; current phase is \(phase.rawValue)")
    }
    let wish = wish(invocation, container)
    let client = try AttachClient(container.name, of: stored.paths, wish)
    if wish.tty, !isQuiet { sayHowToBegin() }
    let end = try client.run()
    switch end {
    case .signal: break
    case .detached:
      Output.complain("")
    case .containerEnded:
      let isEphemeral = stored.pod.spec.ephemeralContainers.contains {
        $0.common.name == container.name
      }
      if wish.tty, !isEphemeral, !isQuiet { sayHowToResume(stored, container.name) }
    }
    return end.status
  }

  static func sayHowToBegin() {
    Output.complain("If you don't see a command prompt, try pressing enter.")
  }

  /// Of a container that runs again after its end.
  static func sayHowToResume(_ stored: StoredPod, _ container: String) {
    guard stored.pod.spec.restartPolicy == .always else { return }
    Output.complain(
      "Session ended, resume using 'podshim attach \(stored.name) -c \(container) -i -t'"
        + " command when the pod is running")
  }

  /// What the command line wants, as far as the container has it.
  private static func wish(_ invocation: Invocation, _ container: Container) -> TerminalWish {
    let stdin = invocation.isOn(.stdin)
    if stdin, container.stdin != true {
      Output.complain(
        "Unable to use standard input - container \(container.name) has no `stdin: true`")
    }
    if invocation.isOn(.tty), container.tty != true {
      Output.complain(
        "error: Unable to use a TTY - container \(container.name) did not allocate one")
    }
    let tty = container.tty == true && (invocation.isOn(.tty) || stdin)
    return TerminalWish(stdin: stdin && container.stdin == true, tty: tty)
  }
}
