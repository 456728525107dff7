import OCISpec

/// The environment of a container's process, variable by variable in the order of their coming.
///
/// The layers are containerd's: what every process has, then the image's, then the pod's; a later
/// value takes the place of an earlier one.
struct ContainerEnvironment: Equatable {
  /// The pod's own variables: the only ones that `$(NAME)` knows.
  let declared: [String: String]
  private var names: [String] = []
  private var values: [String: String] = [:]

  init(of container: Container, image: ImageFacts, hostname: String) {
    var expansion = Expansion(variables: [:])
    var podVariables: [(name: String, value: String)] = []
    for variable in container.env {
      let value = expansion.expand(variable.value ?? "")
      expansion.variables[variable.name] = value
      podVariables.append((variable.name, value))
    }
    declared = expansion.variables

    set("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin")
    if container.tty == true { set("TERM", "xterm") }
    set("HOSTNAME", hostname)
    for entry in image.config.config?.Env ?? [] {
      guard let equals = entry.firstIndex(of: "=") else {
        unset(entry)
        continue
      }
      set(String(entry[..<equals]), String(entry[entry.index(after: equals)...]))
    }
    for variable in podVariables { set(variable.name, variable.value) }
  }

  var entries: [String] {
    names.compactMap { name in values[name].map { "\(name)=\($0)" } }
  }

  private mutating func set(_ name: String, _ value: String) {
    if values.updateValue(value, forKey: name) == nil { names.append(name) }
  }

  private mutating func unset(_ name: String) {
    if values.removeValue(forKey: name) != nil { names.removeAll { $0 == name } }
  }
}
