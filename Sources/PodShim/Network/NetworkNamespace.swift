import Glibc

/// A name for the network namespace of a pod: plugins are told one, also when they are to remove
/// what they made and pause, who made the namespace, is dead.
enum NetworkNamespace {
  /// Gives the namespace that is at `source` the name, in the place of an earlier one.
  static func name(_ path: String, for source: String) throws(SyscallError) {
    try forget(path)
    try Files.write([], to: path)
    try Mount.bind(source, at: path)
  }

  /// nil when nothing has that name, after the host was started anew for instance.
  static func find(_ path: String) -> String? { Mount.isPoint(path) ? path : nil }

  /// The namespace itself goes with the last who is in it, or has a name for it.
  static func forget(_ path: String) throws(SyscallError) {
    if find(path) != nil { try Mount.unmount(path) }
    try Files.remove(path)
  }
}
