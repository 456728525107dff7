import Glibc

/// The two long lives of this program: what `podshim keeper` and `podshim supervise` run.
enum KeeperProgram {
  /// Keeps the pod until it is finished. Its standard error is the pod's `supervisor.log`.
  static func run(uid: String, world: World) throws {
    try Process.setName("podshim-keeper")
    // Ours and the containers': whoever called us may have another.
    umask(0o022)
    try RootlessNamespaces.keep(world.paths)
    let keeper = try Keeper(
      paths: world.paths.pod(uid: uid), arguments: ["supervise", uid] + world.arguments)
    // The supervisor is on its way to its first call of the runtime; we have nothing to do yet.
    Cgroup.awaitReadiness()
    try keeper.run()
  }
}

enum SuperviseProgram {
  /// Where the keeper puts this program's end of their link.
  private static let link: CInt = 3

  static func run(uid: String, world: World) throws {
    try Process.setName("podshim-super")
    // A supervisor without its keeper has nothing to do that the next one could not do better.
    try Signals.ignore(SIGPIPE)
    let paths = world.paths.pod(uid: uid)
    guard Files.exists(paths.manifest) else {
      // A supervisor before this one was removing the pod.
      try PodRemoval.resume(paths)
      return try KeeperLink(descriptor: link).finish()
    }
    let supervisor = try Supervisor(pod: try PodRecord.read(paths), world: world, keeper: link)
    try supervisor.run()
  }
}
