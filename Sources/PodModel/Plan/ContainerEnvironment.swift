import OCISpec

/// The environment of a container's process, variable by variable in the order of their coming.
///
/// The layers are containerd's: what every process has, then the image's, then the pod's; a later
/// value takes the place of an earlier one.
struct ContainerEnvironment: Equatable {
  /// The pod's own variables: the only ones that `$(NAME)` knows.
  let declared: [String: String]
  let entries: [String]

  init(of container: Container, in plan: Plan, image: ImageFacts) throws(PlanError) {
    let own = try DeclaredVariables(of: container, in: plan).variables
    declared = own.values

    var all = Variables()
    all.set("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin")
    if container.tty == true { all.set("TERM", "xterm") }
    all.set("HOSTNAME", plan.hostname)
    for entry in image.config.config?.Env ?? [] {
      guard let equals = entry.firstIndex(of: "=") else {
        all.unset(entry)
        continue
      }
      all.set(String(entry[..<equals]), String(entry[entry.index(after: equals)...]))
    }
    all.set(own)
    entries = all.entries
  }
}
