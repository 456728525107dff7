extension Runtime {
  /// The runtime that made a container, whatever the command line wishes now: only it knows the
  /// container.
  init(containerID: String, _ world: World) throws {
    let made = containerID.split(separator: ":").first.map(String.init) ?? ""
    let wanted = try? world.runtime()
    if let wanted, wanted.name == made {
      self = wanted
      return
    }
    guard let path = Program.find(made) else {
      throw CommandError("the container was made by `\(made)`, which is not in PATH: install it")
    }
    self.init(name: made, path: path, root: world.paths.runtimeRoot(made))
  }
}
