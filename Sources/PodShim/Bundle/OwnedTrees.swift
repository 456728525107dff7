import Glibc
import PodModel

/// Files of the host as a pod with IDs of its own sees them: mounted anew below a folder of one
/// run, root's on disk being root's in the pod.
///
/// The runtimes need not know of it: they bind what lies here as they bind anything else.
struct OwnedTrees {
  let range: IDRange
  private let folder: String
  private let namespace: UserNamespace

  struct Impossible: Error, CustomStringConvertible {
    var cause: SyscallError
    var description: String {
      "the kernel cannot show these files to a pod with `hostUsers: false`, leave that out or put "
        + "them on another file system: \(cause)"
    }
  }

  init(_ range: IDRange, below folder: String) throws {
    self.range = range
    self.folder = folder
    namespace = try UserNamespace(first: range.first, count: IDRange.count)
  }

  /// Answers where a file or folder is mounted now.
  func add(_ source: String, as name: String) throws -> String {
    let path = "\(folder)/\(name)"
    if Files.isDirectory(source) {
      try Files.makeDirectories(path)
    } else {
      try Files.makeDirectories(folder)
      try Files.write([], to: path)
    }
    do throws(SyscallError) {
      try namespace.mount(source, at: path)
    } catch {
      throw Impossible(cause: error)
    }
    return path
  }
}
