import Glibc
import PodModel

/// A file or folder of the host. It is the host's: checked, made where its type says so, and never
/// changed otherwise.
struct HostPathVolume: HostedVolume {
  let source: HostPathVolumeSource

  struct Mismatch: Error, CustomStringConvertible {
    var description: String
  }

  var path: String { source.path }

  func setUp() throws {
    switch source.type ?? .unset {
    case .unset:
      // containerd makes the source of a bind mount that is not there.
      if !Files.exists(path) { try Files.makeDirectories(path) }
    case .directoryOrCreate:
      try Files.makeDirectories(path)
    case .fileOrCreate:
      if !Files.exists(path) { try Files.write([], to: path) }
      try expect(S_IFREG, "file")
    case .directory: try expect(S_IFDIR, "directory")
    case .file: try expect(S_IFREG, "file")
    case .socket: try expect(S_IFSOCK, "socket file")
    case .charDevice: try expect(S_IFCHR, "character device")
    case .blockDevice: try expect(S_IFBLK, "block device")
    }
  }

  private func expect(_ kind: mode_t, _ noun: String) throws {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == kind else {
      throw Mismatch(description: "hostPath type check failed: \(path) is not a \(noun)")
    }
  }
}
