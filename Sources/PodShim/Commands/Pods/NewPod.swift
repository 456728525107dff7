import Glibc
import PodModel

/// Bringing a pod into being: what the API server, the scheduler and the kubelet's start do here.
struct NewPod {
  let world: World

  /// Names the pod, writes it down and starts its keeper; answers when the keeper runs.
  func create(_ manifest: Pod) throws -> StoredPod {
    let host = try HostNode.read(root: world.paths.root)
    let presets = try ObjectStore(host: world.paths).all(
      in: manifest.metadata.place, as: PodPreset.self)
    let merge = PodPresetMerge(of: manifest, with: presets)
    var admitted = manifest
    if case .merged(let merged) = merge { admitted = merged }
    admitted.metadata.uid = NewPod.uuid()
    admitted.metadata.generation = 1
    admitted.metadata.resourceVersion = ObjectMeta().nextVersion
    admitted.metadata.creationTimestamp = Timestamp(wall: Clock.wall()).description
    if admitted.spec.nodeName == nil, host.objection(to: admitted.spec) == nil {
      admitted.spec.nodeName = host.name
    }
    let stored = try store(admitted)
    if case .conflict(let why) = merge {
      // As Kubernetes 1.6 said it. Nobody else writes events yet.
      EventLog.append(
        Note(.warning, "conflict", "Conflict on pod preset. \(why)"), to: stored.paths)
    }
    do {
      try KeeperStart.start(stored.paths, world)
    } catch {
      try? PodRemoval.removeRecords(stored.paths, stored.pod)
      throw error
    }
    return stored
  }

  private func store(_ pod: Pod) throws -> StoredPod {
    guard pod.metadata.name.isEmpty, let base = pod.metadata.generateName else {
      if let stored = try claim(pod) { return stored }
      throw CommandError.refused("pods \"\(pod.metadata.name)\" already exists")
    }
    // As the API server: names that are all taken are an error after a few tries.
    for _ in 0..<8 {
      if let stored = try claim(pod.with { $0.metadata.name = NewPod.name(base) }) { return stored }
    }
    throw CommandError.refused("no free name found for generateName \"\(base)\": try again")
  }

  /// nil when the name is taken.
  private func claim(_ pod: Pod) throws -> StoredPod? {
    let paths = world.paths.pod(uid: pod.metadata.uid ?? "")
    let stored = StoredPod(pod: pod, paths: paths)
    try Files.makeDirectories(paths.data)
    do {
      try Files.replace(paths.manifest, with: Array(pod.node.jsonText().utf8), durable: true)
      try Files.makeDirectories(paths.state)
      if try NameClaim.make(paths, namespace: stored.namespace, name: stored.name) {
        return stored
      }
    } catch {
      discard(paths)
      throw error
    }
    discard(paths)
    return nil
  }

  /// Nobody knows of the pod yet; what cannot be removed harms nobody.
  private func discard(_ paths: PodPaths) {
    try? Files.removeTree(paths.state)
    try? Files.removeTree(paths.data)
  }
}

extension NewPod {
  /// A random UUID, version 4 of RFC 9562.
  static func uuid() -> String {
    var bytes = (0..<16).map { _ in UInt8.random(in: 0...255) }
    bytes[6] = bytes[6] & 0x0f | 0x40
    bytes[8] = bytes[8] & 0x3f | 0x80
    let digits = bytes.map { byte in
      let text = String(byte, radix: 16)
      return byte < 16 ? "0" + text : text
    }
    return [0..<4, 4..<6, 6..<8, 8..<10, 10..<16].map { digits[$0].joined() }
      .joined(separator: "-")
  }

  /// The base and five characters of which none makes a word (apimachinery `names`, `rand`).
  static func name(_ base: String) -> String {
    let letters = Array("bcdfghjklmnpqrstvwxz2456789")
    let suffix = (0..<5).map { _ in letters[Int.random(in: letters.indices)] }
    return String(base.prefix(63 - suffix.count)) + String(suffix)
  }
}
