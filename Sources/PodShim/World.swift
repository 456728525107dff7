import Glibc
import PodModel

/// What every command is told before it begins: where things lie, which runtime, which namespace.
struct World {
  var paths: HostPaths
  /// `auto`, a name or a path.
  var wantedRuntime: String
  var namespace: String
  var environment: [String: String]
  /// What new pods get that do not share the host's network.
  var wantedNetwork = NetworkMode.auto
  /// Where the configurations of plugins for networks are.
  var networkConfigurations = World.usualNetworkConfigurations
  /// Kernel settings that new pods may change beside the safe ones.
  var allowedUnsafeSysctls: [String] = []
  /// What new pods are told; one that is there keeps its own.
  var settings = PodSettings()

  /// Where every runtime of containers looks for them.
  static let usualNetworkConfigurations = "/etc/cni/net.d"

  /// The runtime that works on this host, as wanted.
  func runtime() throws -> Runtime {
    let choice = RuntimeChoice(
      wanted: wantedRuntime, find: { Program.find($0) },
      hybridControllers: CgroupMode.hybridControllers())
    let (name, path) = try choice.choose()
    return runtime(name, path)
  }

  private func runtime(_ name: String, _ path: String) -> Runtime {
    Runtime(
      name: name, path: path, root: paths.runtimeRoot(name), hasCgroups: Privilege.isRoot)
  }

  /// The runtime of one pod: chosen when its first supervisor begins, and the same for as long as
  /// the pod lives, whatever is wished or installed later. Only it knows the pod's containers.
  func runtime(of pod: PodPaths) throws -> Runtime {
    if let path = try? Files.readText(pod.runtime) {
      let name = path.split(separator: "/").last.map(String.init) ?? path
      return runtime(name, path)
    }
    let chosen = try runtime()
    try Files.replace(pod.runtime, with: Array(chosen.path.utf8))
    return chosen
  }

  /// What a process of ours has to be told to see the same world.
  var arguments: [String] {
    ["--root", paths.root, "--state", paths.state, "--logs", paths.logs]
      + ["--runtime", wantedRuntime, "--namespace", namespace, "--pull", settings.pull.rawValue]
      + (settings.infraImage.map { ["--infra-image", $0] } ?? [])
      + ["--network", wantedNetwork.rawValue, "--cni-conf-dir", networkConfigurations]
      + (allowedUnsafeSysctls.isEmpty
        ? [] : ["--allowed-unsafe-sysctls", allowedUnsafeSysctls.joined(separator: ",")])
  }
}
