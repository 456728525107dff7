import Glibc
import PodModel

/// The volumes of a pod on this host: where each lies, and making it ready.
///
/// Every kind of volume is a type of its own here; this one knows which is which, and says of a
/// failure what the kubelet says.
struct Volumes {
  let pod: Pod
  let paths: PodPaths

  /// The kubelet's words for a volume that cannot be made ready; the pod waits for it.
  struct NotReady: Error, CustomStringConvertible {
    var description: String

    init(_ volume: String, _ reason: any Error) {
      description = "MountVolume.SetUp failed for volume \"\(volume)\": \(reason)"
    }
  }

  /// What containers mount of each volume, by the volume's name.
  var mounted: [String: String] {
    var found: [String: String] = [:]
    for volume in pod.spec.volumes { found[volume.name] = hosted(volume).path }
    return found
  }

  /// Makes what the pod brings and checks what the host has to have.
  func setUp() throws(NotReady) {
    for volume in pod.spec.volumes {
      do {
        try hosted(volume).setUp()
      } catch {
        throw NotReady(volume.name, error)
      }
    }
  }

  private func hosted(_ volume: Volume) -> any HostedVolume {
    if let source = volume.hostPath { return HostPathVolume(source: source) }
    return EmptyDirVolume(path: paths.volume(volume.name))
  }
}
