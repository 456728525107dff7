import PodModel

/// What a pod's folder of logs tells of its past: it outlives the state that is kept in memory.
enum LogFolder {
  /// The last run of each container that was ever made; a log is named by its run (the kubelet
  /// reads a lost restart count from there as well).
  static func runs(of pod: Pod, in paths: PodPaths) throws -> [String: Int] {
    let folder = paths.logs(of: pod)
    var runs: [String: Int] = [:]
    for container in pod.spec.allContainers {
      let logs = folder + "/" + container.name
      guard Files.isDirectory(logs) else { continue }
      runs[container.name] = try Files.list(logs).compactMap(run(of:)).max()
    }
    return runs
  }

  /// Removes the logs of the runs before `run` in the folder of one container: the kubelet keeps no
  /// more than the previous one (`maxPerPodContainer`).
  static func forget(before run: Int, in folder: String) throws(SyscallError) {
    for name in try Files.list(folder) {
      if let old = self.run(of: name), old < run { try Files.remove("\(folder)/\(name)") }
    }
  }

  /// The run that wrote a file of this name, which has a time at its end when it was rotated.
  private static func run(of name: String) -> Int? {
    let parts = name.split(separator: ".")
    return parts.count > 1 && parts[1] == "log" ? Int(parts[0]) : nil
  }
}
