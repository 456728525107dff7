import Glibc

/// A name for the network namespace of a pod: plugins are told one, also when they are to remove
/// what they made and pause, who made the namespace, is dead.
enum NetworkNamespace {
  /// Gives it the name, in the place of an earlier one.
  static func name(of pause: pid_t, _ paths: PodPaths) throws(SyscallError) {
    try forget(paths)
    try Files.write([], to: paths.networkNamespace)
    try Mount.bind(Namespace.path(pid: pause, kind: .net), at: paths.networkNamespace)
  }

  /// nil when it has none, after the host was started anew for instance.
  static func find(_ paths: PodPaths) -> String? {
    Mount.isPoint(paths.networkNamespace) ? paths.networkNamespace : nil
  }

  /// The namespace itself goes with the last who is in it.
  static func forget(_ paths: PodPaths) throws(SyscallError) {
    if find(paths) != nil { try Mount.unmount(paths.networkNamespace) }
    try Files.remove(paths.networkNamespace)
  }
}
