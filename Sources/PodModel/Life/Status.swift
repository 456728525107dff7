/// What a life looks like from outside: `v1.PodStatus`, a function of the life alone.
extension PodLife {
  /// - Parameter bootedAt: time since 1970 at which the host's time since boot was zero.
  public func status(bootedAt: Duration, hostIP: String? = nil) -> PodStatus {
    func time(_ moment: Duration) -> String { Timestamp(wall: bootedAt + moment).description }
    var status = PodStatus()
    status.phase = phase
    status.startTime = admitted.map(time)
    status.hostIP = hostIP
    status.hostIPs = hostIP.map { [PodIP($0)] } ?? []
    status.podIP = sandbox.addresses.first
    status.podIPs = sandbox.addresses.map { PodIP($0) }
    status.conditions = conditions.map { condition in
      var shown = PodCondition()
      shown.type = condition.type
      shown.status = condition.holds ? .true : .false
      shown.reason = condition.reason
      shown.message = condition.message
      shown.lastTransitionTime = transitions[condition.type].map { time($0.at) }
      return shown
    }
    let waiting = containers.contains { $0.spec.role == .initial }
    let shown = containers.map { ($0.spec.role, $0.status(of: spec.pod, podHasInit: waiting, time)) }
    status.initContainerStatuses = shown.filter { $0.0 == .initial }.map(\.1)
    // The kubelet sorts these by name.
    status.containerStatuses = shown.filter { $0.0 == .app }.map(\.1).sorted { $0.name < $1.name }
    return status
  }
}

extension ContainerLife {
  fileprivate func status(
    of pod: String, podHasInit: Bool, _ time: (Duration) -> String
  ) -> ContainerStatus {
    var status = ContainerStatus()
    status.name = spec.name
    status.image = spec.image
    status.imageID = identity?.imageID ?? ""
    status.containerID = identity?.containerID
    status.restartCount = restarts
    status.ready = spec.role == .initial ? hasSucceeded : isReady
    status.started = isRunning
    var current = ContainerState()
    switch state {
    case .running(let since), .stopping(.some(let since), _):
      current.running = ContainerStateRunning(startedAt: time(since))
    case .exited(let end):
      current.terminated = ContainerStateTerminated(end, time)
    case .waiting, .creating, .created, .starting, .stopping(.none, _):
      current.waiting = waitingState(of: pod, podHasInit: podHasInit)
    }
    status.state = current
    if let last {
      var before = ContainerState()
      before.terminated = ContainerStateTerminated(last, time)
      status.lastState = before
    }
    return status
  }

  private func waitingState(of pod: String, podHasInit: Bool) -> ContainerStateWaiting {
    var waiting = ContainerStateWaiting()
    waiting.reason = podHasInit ? "PodInitializing" : "ContainerCreating"
    switch state {
    case .waiting(.failed(let failure, _)):
      waiting.reason = failure.reason
      waiting.message = failure.message
    case .waiting(.backOff):
      waiting.reason = "CrashLoopBackOff"
      waiting.message =
        "back-off \(PodLife.shortText(backoff?.delay ?? .zero)) restarting failed "
        + "container=\(spec.name) pod=\(pod)"
    default:
      break
    }
    return waiting
  }
}

extension PodLife {
  /// A duration as Go prints it: `10s`, `2m40s`.
  static func shortText(_ duration: Duration) -> String {
    let seconds = duration.components.seconds
    return seconds < 60 ? "\(seconds)s" : "\(seconds / 60)m\(seconds % 60)s"
  }
}

extension ContainerStateRunning {
  fileprivate init(startedAt: String) {
    self.init()
    self.startedAt = startedAt
  }
}

extension ContainerStateTerminated {
  fileprivate init(_ end: Termination, _ time: (Duration) -> String) {
    self.init()
    exitCode = Int(end.code)
    reason = end.reason
    message = end.message.isEmpty ? nil : end.message
    // containerd's word for a process that never began is the epoch.
    startedAt = end.started.map(time) ?? Timestamp(seconds: 0).description
    finishedAt = time(end.finished)
    containerID = end.containerID
  }
}
