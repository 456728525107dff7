import Glibc

/// A volume, opened: every way into it begins here and stays below, whatever links there are and
/// whoever changes them meanwhile.
struct VolumeFolder: ~Copyable {
  private let root: FileDescriptor

  init(_ path: String) throws(SyscallError) {
    root = try FileDescriptor.open(path, FileDescriptor.pathOnly | O_DIRECTORY)
  }

  /// Opens what lies at `path`, a file or a folder. Links may lead about within the volume; one
  /// that leads out of it is EXDEV.
  func open(_ path: String, _ flags: CInt = 0) throws(SyscallError) -> FileDescriptor {
    var tries = 32
    while true {
      do throws(SyscallError) {
        return try FileDescriptor.open(
          path, FileDescriptor.pathOnly | flags, in: root.raw,
          resolution: [.beneath, .noMagicLinks])
      } catch {
        // The kernel cannot tell whether `..` stayed inside while something was being renamed.
        tries -= 1
        guard error.errno == EAGAIN, tries > 0 else { throw error }
      }
    }
  }

  /// Makes the folders of `path` that are missing, each with the mode of the volume itself: the
  /// kubelet's `SafeMakeDir`.
  func makeFolders(_ path: String) throws(SyscallError) {
    var status = stat()
    try checked("stat", root.name) { fstat(root.raw, &status) }
    var way = "."
    for part in path.split(separator: "/") where part != "." {
      let next = "\(way)/\(part)"
      if try !isFolder(next) {
        let above = try open(way, O_DIRECTORY)
        try make(String(part), in: above, mode: status.st_mode & 0o7777)
      }
      way = next
    }
  }

  private func isFolder(_ path: String) throws(SyscallError) -> Bool {
    do throws(SyscallError) {
      _ = try open(path, O_DIRECTORY)
      return true
    } catch {
      guard error.errno == ENOENT else { throw error }
      return false
    }
  }

  /// With its mode from the start, so that nothing has to be changed that somebody may have put in
  /// its place. The bit that hands the group on comes from the folder above.
  private func make(
    _ name: String, in folder: borrowing FileDescriptor, mode: mode_t
  ) throws(SyscallError) {
    let mask = umask(0)
    defer { umask(mask) }
    do throws(SyscallError) {
      try checked("mkdir", "\(folder.name)/\(name)") { mkdirat(folder.raw, name, mode) }
    } catch {
      if error.errno != EEXIST { throw error }
    }
  }
}
