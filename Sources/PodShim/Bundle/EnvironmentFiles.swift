import Glibc
import PodModel

/// Reading the files in volumes that variables of a container come from. Other containers wrote
/// them, so no link leads out of the volume, only a plain file is read, and not more of it than the
/// kubelet would.
enum EnvironmentFiles {
  static let sizeLimit = 64 << 10

  /// - Parameter volumes: where each volume lies, by its name.
  static func read(
    _ files: Set<FileReference>, volumes: [String: String]
  ) throws(SyscallError) -> [FileReference: FileContent] {
    var contents: [FileReference: FileContent] = [:]
    for file in files {
      guard let volume = volumes[file.volume] else { continue }
      contents[file] = try read(file.path, in: volume)
    }
    return contents
  }

  /// nil for a file that is not there.
  private static func read(
    _ path: String, in volume: String
  ) throws(SyscallError) -> FileContent? {
    let folder = try FileDescriptor.open(volume, FileDescriptor.pathOnly | O_DIRECTORY)
    do throws(SyscallError) {
      // Opening a pipe would wait for its other end.
      let file = try FileDescriptor.open(
        path, O_RDONLY | O_NONBLOCK, in: folder.raw, resolution: [.beneath, .noMagicLinks])
      var status = stat()
      try checked("stat", path) { fstat(file.raw, &status) }
      guard status.st_mode & S_IFMT == S_IFREG else {
        return .unreadable(reason: "not a regular file")
      }
      let bytes = try file.readAll(limit: sizeLimit + 1)
      return bytes.count > sizeLimit
        ? .unreadable(reason: "larger than \(sizeLimit) bytes") : .bytes(bytes)
    } catch {
      switch error.errno {
      case ENOENT, ENOTDIR: return nil
      case EXDEV, ELOOP: return .unreadable(reason: "leads out of its volume")
      default: throw error
      }
    }
  }
}
