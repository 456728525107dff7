import Glibc
import OCISpec
import Testing

@testable import PodShim

/// Bundles, and containers made of them.
extension Caller {
  /// Ends when it is asked to, with status 7; says that it runs by the file `/out/runs`.
  static let obedient = "trap 'exit 7' TERM; echo $$ > /out/runs; while :; do sleep 0.05; done"

  /// Writes a bundle whose container runs `script`, by default until it is asked to end.
  @discardableResult
  func bundle(
    _ name: String = "bundle", script: String = Caller.obedient,
    _ change: (inout OCISpec.Spec) throws -> Void = { _ in }
  ) throws -> String {
    let path = "\(folder)/\(name)"
    var spec = OCISpec.Spec()
    spec.root = Root(path: try RootFilesystem.shared.get().path, readonly: true)
    spec.process = process(["sh", "-c", script])
    spec.mounts = [
      OCISpec.Mount(destination: "/proc", type: "proc", source: "proc"),
      OCISpec.Mount(destination: "/dev", type: "tmpfs", source: "tmpfs"),
      OCISpec.Mount(
        destination: "/dev/pts", type: "devpts", source: "devpts",
        options: ["newinstance", "ptmxmode=0666", "mode=0620"]),
      OCISpec.Mount(destination: "/out", type: "bind", source: out, options: ["rbind"]),
    ]
    var linux = Linux()
    linux.namespaces = [.pid, .mount, .ipc, .uts, .network].map { Linux.Namespace(type: $0) }
    linux.cgroupsPath = "\(cgroup)/\(name)"
    spec.linux = linux
    try change(&spec)
    try Files.makeDirectories(path)
    try Files.write(try JSON.pretty(spec), to: path + "/config.json")
    return path
  }

  /// A program in a container, as `config.json` and the file of `exec --process` describe it.
  func process(_ arguments: [String]) -> OCISpec.Process {
    var process = OCISpec.Process(cwd: "/")
    process.user = OCISpec.Process.User()
    process.user?.uid = 0
    process.user?.gid = 0
    process.args = arguments
    let capabilities = ["CAP_CHOWN", "CAP_KILL", "CAP_SETUID", "CAP_SETGID"]
    process.capabilities = OCISpec.Process.Capabilities().with {
      $0.bounding = capabilities
      $0.permitted = capabilities
      $0.effective = capabilities
    }
    process.env = ["PATH=/bin:/sbin", mark]
    return process
  }

  /// Has the container made; the process that waits for `start`.
  @discardableResult
  func create(_ id: String = "c", _ flags: String..., bundle: String? = nil) throws -> pid_t {
    let bundle = try bundle ?? self.bundle()
    let pidFile = "\(folder)/\(id).pid"
    try succeed(["create", "--bundle", bundle, "--pid-file", pidFile] + flags + [id])
    return try adopt(file: pidFile)
  }

  /// Has the container made and started, and waits until its program is at work.
  @discardableResult
  func start(_ id: String = "c", bundle: String? = nil) throws -> pid_t {
    let pid = try create(id, bundle: bundle)
    try Files.remove(out + "/runs")
    try succeed("start", id)
    try waitUntilItRuns()
    return pid
  }

  /// Has the container made and started, and killed.
  @discardableResult
  func stop(_ id: String = "c") throws -> pid_t {
    let pid = try start(id)
    try succeed("kill", id, "KILL")
    try wait(forEndOf: pid)
    return pid
  }

  /// Until a program has written `/out/runs`.
  func waitUntilItRuns() throws {
    try wait(for: "the program to run") { Files.exists(out + "/runs") }
  }

  /// The process that a pid file names, from now on ours to wait for.
  func adopt(file: String) throws -> pid_t {
    let text = try Files.readText(file)
    let pid = try #require(pid_t(text), "\(String(reflecting: text)) is no number")
    adopt(pid)
    return pid
  }

  func state(_ id: String = "c") throws -> State {
    try JSON.decode(State.self, from: Array(try succeed("state", id).utf8))
  }

  func status(_ id: String = "c") throws -> ContainerStatus { try state(id).status }

  /// What runs in containers and in runtimes that were called from here.
  func processes() throws -> [HostProcess] {
    let mark = mark
    return try HostProcess.all().filter { $0.wasStarted(with: mark) && $0.pid != getpid() }
  }

  /// The lines of a file that a container or a hook has written below `/out`.
  func lines(_ name: String) -> [String] {
    let text = (try? Files.readText("\(out)/\(name)")) ?? ""
    return text.split(separator: "\n").map(String.init)
  }
}
