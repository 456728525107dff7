import Glibc
import PodModel

/// One pod of a world: what was admitted, and where its parts lie.
struct StoredPod {
  let pod: Pod
  let paths: PodPaths

  var name: String { pod.metadata.name }
  var namespace: String { pod.metadata.namespace ?? "default" }
  var logs: String { paths.logs(of: pod) }

  /// Its life as its supervisor last wrote it; before the first time, a life that has not begun.
  func life() throws -> (life: PodLife, bootedAt: Duration) {
    guard let snapshot = try snapshot() else {
      return (PodLife(LifeSpec(pod)), Clock.wall() - Clock.boot())
    }
    return (snapshot.life, snapshot.bootedAt)
  }

  /// nil also when the pod goes away while we look.
  func snapshot() throws -> Snapshot? {
    do {
      return try Snapshot.read(paths)
    } catch let error as SyscallError where error.errno == ENOENT {
      return nil
    }
  }

  /// The pod as `get` shows it: with its status, and with the marks of a deletion.
  func shown() throws -> Pod {
    let (life, bootedAt) = try life()
    return pod.with {
      $0.status = life.status(
        bootedAt: bootedAt, hostIP: life.admitted == nil ? nil : HostAddress.find())
      $0.status?.qosClass = pod.qosClass
      if $0.spec.nodeName == nil, life.admitted != nil { $0.spec.nodeName = NodeRecord.hostname() }
      if let deletion = life.deletion {
        let end = bootedAt + deletion.requested + deletion.grace
        $0.metadata.deletionTimestamp = Timestamp(wall: end).description
        $0.metadata.deletionGracePeriodSeconds = Int(deletion.grace.components.seconds)
      }
    }
  }

  func status() throws -> PodStatus {
    try shown().status ?? PodStatus()
  }
}

extension PodStatus {
  /// The status of a container of any kind.
  func container(_ name: String) -> ContainerStatus? {
    (containerStatuses + initContainerStatuses + ephemeralContainerStatuses).first {
      $0.name == name
    }
  }
}
