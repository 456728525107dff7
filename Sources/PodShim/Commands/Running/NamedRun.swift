import Glibc
import PodModel

/// `podshim run NAME --image=…`: one container, as kubectl runs it; with `-i` or `--attach` we sit
/// down at it, and its exit status is ours.
struct NamedRun {
  private let invocation: Invocation
  private let world: World
  private let sketch: PodSketch

  static let attach = DebugCommand.attach
  static let expose = Flag(
    "expose", nil, .boolean, "Not possible here: there are no services", isHidden: true)

  init(_ invocation: Invocation) throws {
    self.invocation = invocation
    world = try World(invocation)
    sketch = try PodSketch(invocation)
    if invocation.isOn(NamedRun.expose) {
      throw invocation.usage("--expose makes a service, and podshim has none: leave it out")
    }
    guard sits || !invocation.isOn(RunCommand.remove) else {
      throw invocation.usage("--rm should only be used for attached containers")
    }
    guard !sits || !DryRun(invocation).isDry else {
      throw invocation.usage(
        "--dry-run=[server|client] can't be used with attached containers options (--attach, "
          + "--stdin, or --tty)")
    }
  }

  /// Whether we sit down at the container.
  private var sits: Bool {
    invocation.isOn(NamedRun.attach, otherwise: invocation.isOn(.stdin))
  }

  func run() throws -> CInt {
    if DryRun(invocation) == .client {
      let isGiven = invocation.isGiven(CommandTable.namespace)
      let text = sketch.text.changing("metadata") {
        isGiven ? $0.adding("namespace", .string(world.namespace)) : $0
      }
      try show(text, sketch.name)
      return 0
    }
    var pod = try sketch.pod()
    if pod.metadata.place == "default" { pod.metadata.namespace = world.namespace }
    if DryRun(invocation).isDry {
      try show(pod.node, pod.metadata.name)
      return 0
    }
    let patience = try ContainerWait(invocation).patience
    _ = try world.runtime()
    if sits { try Signals.block(AttachClient.watched) }
    let stored = try NewPod(world: world).create(pod)
    guard sits else {
      try show(stored.pod.node, stored.name)
      return 0
    }
    return try sit(at: stored, patience: patience)
  }

  private func show(_ node: Node, _ name: String) throws {
    let printer = ObjectPrinter(try OutputFormat.read(invocation))
    try printer.report(node, "pod/\(name)", did: "created" + DryRun(invocation).remark)
  }

  private func sit(at stored: StoredPod, patience: Duration) throws -> CInt {
    let stdin = invocation.isOn(.stdin)
    let wish = TerminalWish(stdin: stdin, tty: invocation.isOn(.tty))
    let isQuiet = invocation.isOn(.quiet)
    do {
      let session = StartedSession(stored, container: sketch.name)
      let end = try session.run(wish, isQuiet: isQuiet, within: patience)
      // Whoever leaves lets it run.
      if end == .detached { return 0 }
      let status = try status(of: stored, after: end)
      try remove(stored, isQuiet)
      return status
    } catch let interruption as LifeWatch.Interrupted {
      try remove(stored, isQuiet)
      return interruption.status
    } catch {
      try remove(stored, isQuiet)
      throw error
    }
  }

  private func remove(_ stored: StoredPod, _ isQuiet: Bool) throws {
    guard invocation.isOn(RunCommand.remove), Files.exists(stored.paths.data) else { return }
    let deletion = PodDeletion(stored, grace: nil, world: world)
    try deletion.ask()
    // First, because what cannot be said ends us.
    try deletion.wait()
    if !isQuiet { try Output.print("pod \"\(stored.name)\" deleted") }
  }

  /// Ours: the container's when it has one, the signal's when somebody has had enough.
  private func status(of stored: StoredPod, after end: AttachClient.End) throws -> CInt {
    if case .signal = end { return end.status }
    let waits = !invocation.isOn(PodSketch.leaveStdinOpen) && sketch.restartPolicy != .always
    guard waits else {
      if invocation.isOn(.tty), !invocation.isOn(RunCommand.remove) {
        AttachCommand.sayHowToResume(stored, sketch.name)
      }
      return 0
    }
    let watch = try LifeWatch(stored)
    var status = try stored.status()
    while status.phase != .succeeded, status.phase != .failed {
      guard try watch.wait() else { throw CommandError.notFound(stored.name) }
      status = try stored.status()
    }
    guard status.phase == .failed else { return 0 }
    let place = "pod \(stored.namespace)/\(stored.name)"
    guard let end = status.container(sketch.name)?.state?.terminated, end.exitCode != 0 else {
      throw CommandError("\(place) failed with unknown exit code")
    }
    Output.complain("\(place) terminated (\(end.reason ?? "Error"))")
    if let message = end.message, !message.isEmpty { Output.complain(message) }
    return CInt(end.exitCode)
  }
}
