import Glibc

/// The root file system of every pause container: a folder with a private copy of this program.
///
/// A container that shares the pod's PID namespace can reach `/proc/1/exe`, so pause is never the
/// installed file. The copy is made once for each build of the program, and mounted read-only.
enum PauseImage {
  /// The folder, made when it is not there.
  static func prepare(root: String) throws(SyscallError) -> String {
    var status = stat()
    try checked("stat", "/proc/self/exe") { stat("/proc/self/exe", &status) }
    let build = "\(status.st_size)-\(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec)"
    let folder = "\(root)/pause/\(build)"
    if Files.exists(folder) { return folder }
    let fresh = "\(folder).\(getpid())"
    // The runtime mounts on these, and could not make them in a read-only root.
    for name in ["proc", "dev", "sys", "etc"] {
      try Files.makeDirectories("\(fresh)/\(name)")
    }
    try Files.write(try Files.read("/proc/self/exe"), to: fresh + "/pause", mode: 0o755)
    do throws(SyscallError) {
      try Files.rename(fresh, to: folder)
    } catch {
      // Another pod was quicker.
      try Files.removeTree(fresh)
      guard Files.exists(folder) else { throw error }
    }
    return folder
  }
}
