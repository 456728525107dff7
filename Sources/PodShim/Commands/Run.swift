import PodModel

/// `podshim run`: the pod of a manifest in the foreground, or one container as kubectl runs it.
enum RunCommand {
  static let remove = Flag("rm", nil, "Delete the pod when it has ended")

  static let flags =
    [.file, .recursive, remove] + PodSketch.flags + [
      NamedRun.attach, .quiet, ContainerWait.timeout, NamedRun.expose, DryRun.flag,
      OutputFormat.flag, .allowedUnsafeSysctls,
    ]

  static func run(_ invocation: Invocation) throws -> CInt {
    guard invocation.isGiven(.file) else { return try NamedRun(invocation).run() }
    let others = flags.filter { ![.file, .recursive, remove, .allowedUnsafeSysctls].contains($0) }
    if let other = others.first(where: invocation.isGiven) {
      throw invocation.usage("--\(other.name) has no meaning for -f: the manifest says it all")
    }
    if let word = (invocation.operands + invocation.arguments).first {
      throw invocation.usage("unexpected argument \(word.quoted): -f says what to run")
    }
    return try runManifest(invocation)
  }

  private static func runManifest(_ invocation: Invocation) throws -> CInt {
    let world = try World(invocation)
    let objects = try ManifestFiles.objects(invocation, world: world)
    let pods = objects.compactMap { $0 as? Pod }
    guard let pod = pods.first, pods.count == 1 else {
      throw CommandError(
        "run takes one pod, the manifest has \(pods.count): use 'podshim create' for several")
    }
    _ = try world.runtime()
    // What the pod refers to; it stays when the pod is gone.
    for case let object as any StoredKind in objects {
      _ = try ObjectChange(world).apply(object)
    }
    try Signals.block(ForegroundPod.signals)
    let stored = try NewPod(world: world).create(pod)
    let foreground = try ForegroundPod(stored, world: world)
    let life = try foreground.run()
    if invocation.isOn(remove) { try foreground.remove() }
    if life.phase == .failed {
      Output.complain("pod \(stored.namespace)/\(stored.name) terminated (Error)")
    }
    return status(life)
  }

  /// The exit status of the container that failed first, 0 when none did.
  static func status(_ life: PodLife) -> CInt {
    let ends = life.containers.compactMap { container -> Termination? in
      guard case .exited(let end) = container.state, end.code != 0 else { return nil }
      return end
    }
    if let first = ends.min(by: { $0.finished < $1.finished }) { return first.code }
    return life.phase == .failed ? 1 : 0
  }
}
