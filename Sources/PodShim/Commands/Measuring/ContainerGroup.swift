import Glibc
import PodModel

/// The control group of one container that runs, and what it has used so far.
struct ContainerGroup {
  let namespace: String
  let pod: String
  let container: String
  private let path: String

  /// Of all containers of a pod that run now.
  static func all(of stored: StoredPod) throws -> [ContainerGroup] {
    guard let life = try stored.snapshot()?.life, !life.isFinished else { return [] }
    return life.containers.compactMap { container in
      guard container.isLive else { return nil }
      let name = container.spec.name
      let bundle = stored.paths.bundle(name, run: container.run)
      guard let path = Cgroup.path(bundle: bundle) else { return nil }
      return ContainerGroup(
        namespace: stored.namespace, pod: stored.name, container: name, path: path)
    }
  }

  /// nil when the group is gone.
  func sample() -> UsageSample? {
    guard let cpu = Cgroup.processorTime(path), let memory = Cgroup.workingSet(path) else {
      return nil
    }
    return UsageSample(at: Clock.boot(), cpu: cpu, workingSet: memory)
  }
}

/// What a group has used by some moment.
struct UsageSample {
  /// Since boot.
  var at: Duration
  /// Of all processors together.
  var cpu: Duration
  /// Bytes that could not be taken back: as the kubelet, what is used without the files that were
  /// not touched for a while.
  var workingSet: Int64

  /// Thousandths of a processor, rounded up as metrics are.
  func millicores(since before: UsageSample) -> Int64 {
    let (used, passed) = (cpu - before.cpu, at - before.at)
    guard used > .zero, passed > .zero else { return 0 }
    let share: Double = used / passed
    return Int64((share * 1000).rounded(.up))
  }
}
