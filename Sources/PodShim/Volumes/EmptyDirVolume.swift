import Glibc
import PodModel

/// A folder that begins empty and lives as long as the pod: it outlives containers and sandboxes.
struct EmptyDirVolume: HostedVolume {
  let path: String

  /// A folder that everybody may write to, as the kubelet makes it, whatever the umask.
  func setUp() throws {
    try Files.makeDirectories(path)
    try checked("chmod", path) { chmod(path, 0o777) }
  }
}
