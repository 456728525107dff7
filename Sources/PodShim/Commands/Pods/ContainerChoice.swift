import PodModel

/// Which container of a pod a command is about, by kubectl's rules.
enum ContainerChoice {
  /// kubectl's own annotation for the container that is meant when none is named.
  private static let annotation = "kubectl.kubernetes.io/default-container"

  private static func containers(of pod: Pod) -> [Container] {
    pod.spec.containers + pod.spec.initContainers + pod.spec.ephemeralContainers.map(\.common)
  }

  /// For `exec` and `attach`: the named one, else the first, which is said on standard error.
  static func one(
    of pod: Pod, named name: String?, isQuiet: Bool = false
  ) throws -> Container {
    let all = containers(of: pod)
    if let name = name ?? pod.metadata.annotations[annotation] {
      guard let container = all.first(where: { $0.name == name }) else {
        throw CommandError("container \(name) not found in pod \(pod.metadata.name)")
      }
      return container
    }
    guard let first = pod.spec.containers.first else { throw CommandError("the pod is empty") }
    if all.count > 1, !isQuiet {
      let names =
        pod.spec.containers.map(\.name)
        + pod.spec.ephemeralContainers.map { "\($0.common.name) (ephem)" }
        + pod.spec.initContainers.map { "\($0.name) (init)" }
      Output.complain(
        "Defaulted container \"\(first.name)\" out of: \(names.joined(separator: ", "))")
    }
    return first
  }

  /// For `logs`: the same, in other words when the named one is none.
  static func forLogs(of pod: Pod, named name: String?) throws -> String {
    let all = containers(of: pod)
    if let name = name ?? pod.metadata.annotations[annotation] {
      guard all.contains(where: { $0.name == name }) else {
        throw CommandError("container \(name) is not valid for pod \(pod.metadata.name)")
      }
      return name
    }
    return try one(of: pod, named: nil).name
  }
}
