import PodModel

/// What a pod's folder of logs tells of its past: it outlives the state that is kept in memory.
enum LogFolder {
  /// The last run of each container that was ever made; a log is named by its run (the kubelet
  /// reads a lost restart count from there as well).
  static func runs(of pod: Pod, in paths: PodPaths) throws -> [String: Int] {
    let folder = paths.logs(
      namespace: pod.metadata.namespace ?? "default", name: pod.metadata.name)
    var runs: [String: Int] = [:]
    for container in pod.spec.allContainers {
      let logs = folder + "/" + container.name
      guard Files.isDirectory(logs) else { continue }
      // A rotated one has the time behind its name.
      let numbers = try Files.list(logs).filter { $0.contains(".log") }.compactMap {
        $0.split(separator: ".").first.flatMap { Int($0) }
      }
      runs[container.name] = numbers.max()
    }
    return runs
  }
}
