import OCISpec
import PodModel

/// Other limits for what runs: first the pod's own cgroup gives way, then the containers follow,
/// then the pod's is exact again.
extension Supervisor {
  private struct InUse: Error, CustomStringConvertible {
    var description: String
  }

  func resize(_ instance: Instance) {
    let bundle = paths.bundle(instance.container, run: instance.run)
    do {
      let resources = plan.adjustable(container(instance))
      try refuseBelowUsage(instance, resources.memory?.limit)
      let file = bundle + "/resources.json"
      try Files.write(try JSON.pretty(resources), to: file)
      let log = bundle + "/runtime.log"
      let id = paths.containerID(instance.container, run: instance.run)
      try runRuntime(runtime.update(id, resources: file, log: log), log: log) {
        [unowned self] failure in
        tell(.resized(instance, failure: failure))
        settleRoom()
      }
    } catch {
      tell(.resized(instance, failure: "\(error)"))
    }
  }

  /// The kernel would end the container for want of memory, or press hard on it (kubelet
  /// `validateMemoryResizeAction`).
  private func refuseBelowUsage(_ instance: Instance, _ limit: Int64?) throws {
    guard let limit, let group = cgroup(of: instance), let usage = Cgroup.memoryUsage(group),
      usage >= limit
    else { return }
    throw InUse(
      description: "attempting to set container \"\(instance.container)\" memory limit (\(limit)) "
        + "below current usage (\(usage))")
  }

  /// Has the pod's own cgroup hold what the containers have and what they will have.
  func makeRoom() {
    guard life.sandbox.isReady, let room else { return }
    let wide = plan.cgroup.widened(to: room)
    tidy("resize the pod's cgroup") { try Cgroup.make(paths.cgroup, wide) }
    self.room = wide
  }

  /// Takes back what no container needs any more.
  func settleRoom() {
    guard life.sandbox.isReady, life.isSettled, let room, room != plan.cgroup else { return }
    tidy("resize the pod's cgroup") { try Cgroup.make(paths.cgroup, plan.cgroup) }
    self.room = plan.cgroup
  }
}
