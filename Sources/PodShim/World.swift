import Glibc
import PodModel

/// What every command is told before it begins: where things lie, which runtime, which namespace.
struct World {
  var paths: HostPaths
  /// `auto`, a name or a path.
  var wantedRuntime: String
  var namespace: String
  var environment: [String: String]

  /// The runtime that works on this host, as wanted.
  func runtime() throws -> Runtime {
    let choice = RuntimeChoice(
      wanted: wantedRuntime, find: { Program.find($0) },
      hybridControllers: CgroupMode.hybridControllers())
    let (name, path) = try choice.choose()
    return Runtime(name: name, path: path, root: paths.runtimeRoot(name))
  }

  /// What a process of ours has to be told to see the same world.
  var arguments: [String] {
    ["--root", paths.root, "--state", paths.state, "--logs", paths.logs]
      + ["--runtime", wantedRuntime, "--namespace", namespace]
  }
}
