import Glibc
import PodModel

/// The world that a command line asks for: its flags, else the environment, else the defaults.
extension World {
  init(_ invocation: Invocation) throws {
    let environment = World.readEnvironment()
    func setting(_ flag: Flag, _ variable: String) throws -> String? {
      guard let text = invocation.text(flag) ?? environment[variable] else { return nil }
      guard !text.isEmpty else { throw invocation.usage("--\(flag.name) is empty") }
      return text
    }
    let root = try setting(CommandTable.root, "PODSHIM_ROOT").map(World.absolute)
    let state = try setting(CommandTable.state, "PODSHIM_STATE").map(World.absolute)
    var paths = HostPaths(
      root: root, state: state, environment: environment, isRoot: Privilege.isRoot)
    if !Privilege.isRoot {
      // By its path others know what is mounted there.
      paths.root = try World.absolute(paths.root)
      paths.state = try World.absolute(paths.state)
    }
    if let logs = try setting(CommandTable.logs, "") { paths.logs = try World.absolute(logs) }
    let namespace = try setting(CommandTable.namespace, "") ?? "default"
    guard !namespace.contains("/"), !namespace.hasPrefix(".") else {
      throw invocation.usage("\"\(namespace)\" cannot be a namespace")
    }
    let runtime = try setting(CommandTable.runtime, "PODSHIM_RUNTIME") ?? "auto"
    self.init(
      paths: paths,
      // A path must mean the same to the keeper, which works elsewhere.
      wantedRuntime: runtime.contains("/") ? try World.absolute(runtime) : runtime,
      namespace: namespace, environment: environment)
    settings.infraImage = try setting(CommandTable.infraImage, "PODSHIM_INFRA_IMAGE")
    if let name = settings.infraImage { _ = try ImageReference(name) }
    if let word = try setting(CommandTable.pull, "PODSHIM_PULL") {
      guard let pull = PullMode(rawValue: word) else {
        throw invocation.usage("PODSHIM_PULL is \(word.quoted): write policy, missing or never")
      }
      settings.pull = pull
    }
    wantedNetwork = try World.network(setting(CommandTable.network, "PODSHIM_NETWORK"), invocation)
    networkConfigurations =
      try setting(CommandTable.networkConfigurations, "PODSHIM_CNI_CONF_DIR").map(World.absolute)
      ?? World.usualNetworkConfigurations
    let names = try setting(.allowedUnsafeSysctls, "PODSHIM_ALLOWED_UNSAFE_SYSCTLS") ?? ""
    allowedUnsafeSysctls = names.split(separator: ",").map(String.init)
    if let name = allowedUnsafeSysctls.first(where: { !Sysctls.isNamespaced(pattern: $0) }) {
      throw invocation.usage(
        "the sysctl \(name.quoted) is not known to be namespaced: a pod cannot have its own")
    }
  }

  private static func network(
    _ name: String?, _ invocation: Invocation
  ) throws(UsageError) -> NetworkMode {
    guard let name else { return .auto }
    if let mode = NetworkMode(rawValue: name) { return mode }
    let names = NetworkMode.allCases.map(\.rawValue)
    throw invocation.usage(
      "there is no network mode \"\(name)\"\(name.hint(among: names)): choose one of "
        + names.joined(separator: ", "))
  }

  /// The variables that podshim knows.
  private static func readEnvironment() -> [String: String] {
    let names = [
      "HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR", "XDG_STATE_HOME", "PODSHIM_ROOT",
      "PODSHIM_STATE", "PODSHIM_RUNTIME", "PODSHIM_PULL", "PODSHIM_INFRA_IMAGE",
      "PODSHIM_ALLOWED_UNSAFE_SYSCTLS", "PODSHIM_NETWORK", "PODSHIM_CNI_CONF_DIR",
    ]
    var environment: [String: String] = [:]
    for name in names {
      // An empty variable says nothing.
      if let value = getenv(name), value.pointee != 0 { environment[name] = String(cString: value) }
    }
    return environment
  }

  /// The path seen from anywhere, without the links on its way: runc refuses a root behind one.
  static func absolute(_ path: String) throws(SyscallError) -> String {
    guard let here = getcwd(nil, 0) else { throw SyscallError("getcwd", "", errno: errno) }
    defer { free(here) }
    var known = path.hasPrefix("/") ? path : String(cString: here) + "/" + path
    // What is not there yet has no links in it.
    var rest: [String] = []
    while true {
      if let real = realpath(known, nil) {
        defer { free(real) }
        let base = String(cString: real)
        return ([base == "/" ? "" : base] + rest.reversed()).joined(separator: "/")
      }
      guard known != "/" else { return path }
      let (directory, name) = Files.split(known)
      if !name.isEmpty { rest.append(name) }
      known = directory
    }
  }
}
