/// What of a pod decides how it lives: the order and role of its containers and who is restarted.
///
/// A life keeps this instead of the whole pod, so that a snapshot of a life is small and a
/// transcript can state it in two lines.
public struct LifeSpec: Codable, Equatable, Sendable {
  /// `<name>_<namespace>(<uid>)`, as the kubelet's messages call a pod.
  public var pod: String
  public var restartPolicy: RestartPolicy
  /// Time between the stop signal and SIGKILL, `spec.terminationGracePeriodSeconds`.
  public var grace: Duration
  /// Init containers in their order, then app containers in theirs.
  public var containers: [ContainerSpec]

  public init(
    pod: String, restartPolicy: RestartPolicy, grace: Duration, containers: [ContainerSpec]
  ) {
    self.pod = pod
    self.restartPolicy = restartPolicy
    self.grace = grace
    self.containers = containers
  }

  public struct ContainerSpec: Codable, Equatable, Sendable {
    public var name: String
    public var role: Role
    /// As the manifest writes it; a status repeats it.
    public var image: String

    public init(name: String, role: Role, image: String) {
      self.name = name
      self.role = role
      self.image = image
    }
  }

  /// When in the life of its pod a container runs.
  public enum Role: String, Codable, Sendable {
    /// Runs to its end before the next one begins.
    case initial = "init"
    /// Runs for as long as the pod does.
    case app
  }
}

extension RestartPolicy: Codable {}

extension LifeSpec {
  /// The life of a pod as the manifest tells it; `pod` has its defaults.
  public init(_ pod: Pod) {
    let spec = pod.spec
    let metadata = pod.metadata
    self.init(
      pod: "\(metadata.name)_\(metadata.namespace ?? "default")(\(metadata.uid ?? ""))",
      restartPolicy: spec.restartPolicy ?? .always,
      grace: .seconds(spec.terminationGracePeriodSeconds ?? 30),
      containers: spec.initContainers.map {
        ContainerSpec(name: $0.name, role: .initial, image: $0.image)
      }
        + spec.containers.map {
          ContainerSpec(name: $0.name, role: .app, image: $0.image)
        })
  }

  /// Whether a container that ended so runs again while the pod goes on; for an init container
  /// that is a question only after a failure.
  func restarts(_ role: Role, after end: Termination) -> Bool {
    switch restartPolicy {
    case .always: role == .app || end.isFailure
    case .onFailure: role == .app ? end.code != 0 : end.isFailure
    case .never: false
    }
  }
}
