import Glibc
import OCISpec
import PodModel

/// The volumes of a pod on this host: where each lies, making it ready, taking it away.
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
      let words = (reason as? PlanError)?.message ?? "\(reason)"
      description = "MountVolume.SetUp failed for volume \(volume.quoted) : \(words)"
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

  /// The volumes that a container gets as device nodes, by name.
  func devices(of container: Container) -> [String: Linux.Device] {
    var found: [String: Linux.Device] = [:]
    for device in container.volumeDevices {
      found[device.name] = mounted[device.name].flatMap(HostDevices.block)
    }
    return found
  }

  /// Takes away what is the pod's own, with all that is mounted there.
  static func tearDown(_ paths: PodPaths) throws(SyscallError) {
    for name in Files.exists(paths.volumes) ? try Files.list(paths.volumes) : [] {
      while Mount.isPoint(paths.volume(name)) { try Mount.unmount(paths.volume(name)) }
    }
    try Files.removeTree(paths.volumes)
  }

  private func hosted(_ volume: Volume) -> any HostedVolume {
    if let source = volume.hostPath { return HostPathVolume(source: source) }
    if let source = volume.persistentVolumeClaim { return claim(source, volume.name) }
    if volume.image != nil { return ImageVolume(path: paths.volume(volume.name)) }
    if volume.isWritten {
      return WrittenVolume(path: paths.volume(volume.name), isInMemory: volume.isSecretive)
    }
    return EmptyDirVolume(
      path: paths.volume(volume.name), source: volume.emptyDir ?? EmptyDirVolumeSource(), pod: pod)
  }

  private func claim(
    _ source: PersistentVolumeClaimVolumeSource, _ name: String
  ) -> ClaimVolume {
    ClaimVolume(
      path: paths.host.claim(
        namespace: pod.metadata.namespace ?? "default", name: source.claimName),
      source: source, ownership: VolumeOwnership(of: pod),
      policy: pod.spec.securityContext?.fsGroupChangePolicy ?? .always,
      isDevice: pod.spec.allContainers.contains { $0.volumeDevices.contains { $0.name == name } })
  }
}
