import Glibc
import OCISpec
import PodModel

/// Has a container that an engine makes join the pod that its annotations name: its `config.json`
/// is written anew before the runtime reads it.
struct PodMembership {
  private let line: RuntimeCommandLine
  private let runtime: LowerRuntime

  /// Does nothing for a bundle that names no pod, and does not read it for longer than that takes.
  static func apply(to line: RuntimeCommandLine, _ runtime: LowerRuntime) throws {
    // Without one the runtime has something to say.
    guard let path = line.config, let text = try? Files.read(path),
      EngineBundle.marks.contains(where: { Self.holds(text, $0) }),
      let config = YAMLText(text, file: path).documents.first
    else { return }
    let engine = try original(EngineBundle(config), path)
    let membership = PodMembership(line: line, runtime: runtime)
    guard let sandbox = engine.sandbox, let place = try membership.place(sandbox, engine) else {
      return
    }
    if case .pod = sandbox, engine.config == config { try replace(copy(of: path), text, as: path) }
    let joined = engine.joined(place).jsonText(sortedKeys: false)
    try replace(path, Array(joined.utf8), as: path)
  }

  /// An environment may hold secrets: who could not read the file still cannot.
  private static func replace(_ path: String, _ text: [UInt8], as other: String) throws {
    var status = stat()
    try checked("stat", other) { stat(other, &status) }
    try Files.replace(path, with: text, mode: status.st_mode & 0o777)
    try checked("chown", path) { chown(path, status.st_uid, status.st_gid) }
  }

  /// The bundle as its engine wrote it, which is kept beside it for whoever runs it once more:
  /// the pod may be another by then.
  private static func original(_ bundle: EngineBundle, _ path: String) throws -> EngineBundle {
    guard bundle.hasJoined, Files.exists(copy(of: path)) else { return bundle }
    let text = YAMLText(try Files.read(copy(of: path)), file: copy(of: path))
    return EngineBundle(text.documents.first ?? bundle.config)
  }

  private static func copy(of path: String) -> String { path + ".engine" }

  /// Whether a text has a word in it, at the speed of the C library: most bundles have none.
  private static func holds(_ text: [UInt8], _ word: String) -> Bool {
    (text + [0]).withUnsafeBytes {
      $0.baseAddress.flatMap { strstr($0.assumingMemoryBound(to: CChar.self), word) } != nil
    }
  }

  /// nil where there is nothing to join.
  private func place(
    _ sandbox: EngineBundle.Sandbox, _ engine: EngineBundle
  ) throws -> EngineBundle.Place? {
    switch sandbox {
    case .pod(let name):
      return try ofPod(PodOperand.named(name).stored)
    case .container(let id):
      // Most engines have named every namespace themselves.
      guard engine.lacksNamespace else { return nil }
      if let pod = try PodOperand.find(uid: id) { return try ofPod(pod.stored) }
      // Of one that the runtime does not know its engine means something else.
      guard let state = state(id) else { return nil }
      guard let pid = state.pid, pid > 0 else {
        throw RuntimeCall.Failure(description: "sandbox `\(id)` is not running")
      }
      return EngineBundle.Place(pid: pid)
    }
  }

  private func ofPod(_ stored: StoredPod) throws -> EngineBundle.Place {
    guard stored.pod.spec.hostUsers != false else {
      throw RuntimeCall.Failure(
        description: "pod `\(stored.name)` has user IDs of its own: only podshim can join it")
    }
    guard geteuid() != 0 || Privilege.isRoot else {
      throw RuntimeCall.Failure(
        description:
          "pod `\(stored.name)` is out of reach: it is in a user namespace of podshim's, "
          + "and the engine without root in one of its own")
    }
    var place = EngineBundle.Place(pid: try stored.pausePID())
    place.isOfPodshim = true
    place.sharesProcesses = stored.pod.spec.shareProcessNamespace == true
    place.volumes = Volumes(pod: stored.pod, paths: stored.paths).mounted
    place.readOnlyVolumes = Set(stored.pod.spec.volumes.filter(\.isReadOnly).map(\.name))
    place.files = [
      "/etc/hosts": stored.paths.hosts, "/etc/resolv.conf": stored.paths.resolvConf,
      "/etc/hostname": stored.paths.hostname,
    ].filter { Files.exists($0.value) }
    if stored.pod.spec.hostIPC != true { place.files["/dev/shm"] = stored.paths.sharedMemory }
    return place
  }

  /// What the runtime says of another of its containers.
  private func state(_ id: String) -> State? {
    let root = line.globals.value("root").map { ["--root=\($0)"] } ?? []
    return runtime.answer(root + ["state", id]).flatMap { try? JSON.decode(State.self, from: $0) }
  }
}

extension StoredPod {
  /// The process that holds the pod's namespaces.
  /// - Throws: `RuntimeCall.Failure` when the pod does not run.
  func pausePID() throws -> Int32 {
    let run = try life().life.sandbox.run
    guard
      let process = ProcessRecord(bundle: paths.bundle(Supervisor.pauseName, run: run)),
      process.isRunning
    else { throw RuntimeCall.Failure(description: "pod `\(namespace)/\(name)` is not running") }
    return process.pid
  }
}
