import Glibc
import PodModel

/// A part of a volume (`subPath`), mounted in a place that no container reaches.
///
/// A container can turn the way to a part elsewhere at any time. So the part is opened, once, and
/// what was opened is what the runtime is given to mount. As with the kubelet, what went wrong is
/// told to the supervisor's log alone: it could say something about the host.
struct SubPathMount {
  let subPath: SubPath
  /// The name of the container that wants it.
  let container: String

  /// - Parameters:
  ///   - volume: where the volume lies on the host.
  ///   - folder: where parts are mounted, each under the number of its mount.
  func make(of volume: String, in folder: String) throws(Failure) {
    if isMissing(in: volume) {
      do throws(SyscallError) {
        try VolumeFolder(volume).makeFolders(subPath.path)
      } catch {
        throw failure("create subPath directory", error)
      }
    }
    do throws(SyscallError) {
      try bind(VolumeFolder(volume).open(subPath.path), in: folder)
    } catch {
      throw failure("prepare subPath", error)
    }
  }

  private func isMissing(in volume: String) -> Bool {
    do throws(SyscallError) {
      _ = try VolumeFolder(volume).open(subPath.path)
      return false
    } catch {
      return error.errno == ENOENT
    }
  }

  private func bind(
    _ part: borrowing FileDescriptor, in folder: String
  ) throws(SyscallError) {
    let place = "\(folder)/\(subPath.index)"
    var status = stat()
    try checked("stat", part.name) { fstat(part.raw, &status) }
    try Files.makeDirectories(folder)
    if status.st_mode & S_IFMT == S_IFDIR {
      try Files.makeDirectories(place)
    } else {
      try Files.write([], to: place)
    }
    try Mount.bind(part, at: place)
  }

  private func failure(_ what: String, _ error: SyscallError) -> Failure {
    Diagnostics.report("subPath `\(subPath.path)` of volume `\(subPath.volume)`: \(error)")
    return Failure(
      .bundle, reason: "CreateContainerConfigError",
      message: "failed to \(what) for volumeMount \"\(subPath.volume)\" of container "
        + "\"\(container)\"")
  }
}
