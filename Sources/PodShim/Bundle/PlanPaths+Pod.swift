import PodModel

extension PlanPaths {
  /// Where the parts of `pod` lie, as its plan has to know them.
  init(pod: Pod, paths: PodPaths, pauseRootfs: String) {
    self.init(
      hosts: paths.hosts, hostname: paths.hostname, resolvConf: paths.resolvConf,
      sharedMemory: pod.spec.hostIPC == true ? "/dev/shm" : paths.sharedMemory,
      volumes: Volumes(pod: pod, paths: paths).mounted, cgroupParent: paths.cgroup,
      pauseRootfs: pauseRootfs)
  }
}
