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
    if case .pod = sandbox, engine.config == config {
      try Files.replace(copy(of: path), with: text)
    }
    try Files.replace(path, with: Array(engine.joined(place).jsonText(sortedKeys: false).utf8))
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
      return state(id).flatMap(\.pid).map { EngineBundle.Place(pid: $0) }
    }
  }

  private func ofPod(_ stored: StoredPod) throws -> EngineBundle.Place {
    guard stored.pod.spec.hostUsers != false else {
      throw RuntimeCall.Failure(
        description: "pod `\(stored.name)` has user IDs of its own: only podshim can join it")
    }
    var place = EngineBundle.Place(pid: try stored.pausePID())
    place.sharesProcesses = stored.pod.spec.shareProcessNamespace == true
    place.volumes = Volumes(pod: stored.pod, paths: stored.paths).mounted
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
