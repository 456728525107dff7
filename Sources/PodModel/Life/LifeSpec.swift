/// What of a pod decides how it lives: the order and role of its containers, who is restarted, who
/// is probed.
///
/// A life keeps this instead of the whole pod, so that a snapshot of a life is small and a
/// transcript can state it in a few lines.
public struct LifeSpec: Codable, Equatable, Sendable {
  /// `<name>_<namespace>(<uid>)`, as the kubelet's messages call a pod.
  public var pod: String
  public var restartPolicy: RestartPolicy
  /// Time between the stop signal and SIGKILL, `spec.terminationGracePeriodSeconds`.
  public var grace: Duration
  /// The pod fails when it is so old, `spec.activeDeadlineSeconds`.
  public var activeDeadline: Duration?
  /// Why this host cannot give the pod what it asks for by now.
  public var infeasible: String?
  /// Conditions that have to hold beside the pod's own before it is ready.
  public var readinessGates: [String] = []
  /// Init containers and sidecars in their order, then app containers in theirs, then ephemeral
  /// ones.
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
    /// Wins over the pod's.
    public var restartPolicy: RestartPolicy?
    /// The first that matches wins over both policies.
    public var rules: [RestartRule] = []
    public var hasPostStart = false
    public var hasPreStop = false
    public var probes = EachProbe<ProbeSpec>()
    public var allotment = Allotment()
    /// No part of its life; a status repeats them.
    public var mounts: [Mount] = []

    public init(name: String, role: Role, image: String) {
      self.name = name
      self.role = role
      self.image = image
    }
  }

  /// A volume in a container, as a status shows it.
  public struct Mount: Codable, Equatable, Sendable {
    public var volume: String
    public var path: String
    /// Where it cannot be written to: whether that holds for what is mounted below it.
    public var isRecursivelyReadOnly: Bool?
  }

  /// When in the life of its pod a container runs.
  public enum Role: String, Codable, Sendable {
    /// Runs to its end before the next one begins.
    case initial = "init"
    /// Begins in the row of the init containers and runs for as long as the pod does.
    case sidecar
    /// Runs for as long as the pod does; the pod lives for these.
    case app
    /// Was added to a living pod to look inside; runs once.
    case ephemeral
  }

  /// What follows from some exit statuses, `restartPolicyRules`.
  public struct RestartRule: Codable, Equatable, Sendable {
    public var codes: [Int32]
    /// It is for all codes but these.
    public var isInverted: Bool
    /// Not this container alone begins again, but all of the pod.
    public var restartsAll: Bool

    public init(codes: [Int32], isInverted: Bool = false, restartsAll: Bool = false) {
      self.codes = codes
      self.isInverted = isInverted
      self.restartsAll = restartsAll
    }

    func matches(_ code: Int32) -> Bool { codes.contains(code) != isInverted }
  }
}

extension RestartPolicy: Codable {}

extension LifeSpec.ContainerSpec {
  func rule(for end: Termination) -> LifeSpec.RestartRule? { rules.first { $0.matches(end.code) } }
}

extension LifeSpec {
  /// Whether a container that ended so by itself runs again while the pod goes on; for an init
  /// container that is a question only after a failure (kubelet `ShouldContainerBeRestarted`).
  func restarts(_ container: ContainerSpec, after end: Termination) -> Bool {
    switch container.role {
    case .sidecar: return true
    case .ephemeral: return false
    case .initial where !end.isFailure: return false
    case .initial, .app: break
    }
    if container.rule(for: end) != nil { return true }
    switch container.restartPolicy ?? restartPolicy {
    case .always: return true
    case .onFailure: return container.role == .app ? end.code != 0 : true
    case .never: return false
    }
  }

  /// Whether a container that was stopped because it failed a probe runs again.
  func restartsUnhealthy(_ container: ContainerSpec) -> Bool {
    container.role == .sidecar || (container.restartPolicy ?? restartPolicy) != .never
  }
}
