import Glibc
import PodModel

/// The pods of a world, as commands find them: by name, or all of them.
struct PodStore {
  let host: HostPaths

  init(_ world: World) {
    host = world.paths
  }

  /// - Throws: `CommandError.notFound` when there is no such pod.
  func pod(_ name: String, in namespace: String) throws -> StoredPod {
    let link = host.nameLink(namespace: namespace, name: name)
    guard !name.isEmpty, !name.contains("/"), let uid = try? Files.readLink(link),
      let pod = try read(uid)
    else { throw CommandError.notFound(name) }
    return pod
  }

  /// nil when there is no such pod.
  func find(_ name: String, in namespace: String) throws -> StoredPod? {
    do {
      return try pod(name, in: namespace)
    } catch let error as CommandError where error == .notFound(name) {
      return nil
    }
  }

  /// Sorted by namespace and name; `namespace` nil is all of them.
  func pods(in namespace: String?) throws -> [StoredPod] {
    try (namespace.map { [$0] } ?? Files.listIfThere(host.names)).flatMap { namespace in
      try Files.listIfThere("\(host.names)/\(namespace)").compactMap { name in
        // One that is going away at this moment is no longer there.
        let uid = try? Files.readLink(host.nameLink(namespace: namespace, name: name))
        return try uid.flatMap(read)
      }
    }
  }

  /// The pods of these names, or all, as `get` shows them; those that are not there become errors.
  func shown(
    _ names: [String], in namespace: String?, _ errors: inout [any Error]
  ) throws -> [Pod] {
    if names.isEmpty { return try pods(in: namespace).map { try $0.shown() } }
    return names.compactMap { name in
      do {
        return try pod(name, in: namespace ?? "default").shown()
      } catch {
        errors.append(error)
        return nil
      }
    }
  }

  /// nil for a pod that is no longer there.
  private func read(_ uid: String) throws -> StoredPod? {
    let paths = host.pod(uid: uid)
    do {
      return StoredPod(pod: try PodRecord.read(paths), paths: paths)
    } catch let error as SyscallError where error.errno == ENOENT {
      return nil
    }
  }
}
