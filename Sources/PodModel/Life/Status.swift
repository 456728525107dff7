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
    if outcome == .deadlineExceeded, phase == .failed {
      status.reason = DeadlineExceeded.reason
      status.message = DeadlineExceeded.status
    }
    if outcome == .evicted, phase == .failed {
      status.reason = Eviction.reason
      status.message = eviction
    }
    if let rejection {
      status.reason = rejection.reason
      status.message = "Pod was rejected: \(rejection.message)"
    }
    // What was never taken has nothing to tell of its containers.
    guard admitted != nil, rejection == nil else { return status }
    let all = containers.map(shown)
    let initial = all.filter {
      $0.container.spec.role == .initial || $0.container.spec.role == .sidecar
    }
    let before = initial.isEmpty ? "ContainerCreating" : "PodInitializing"
    status.initContainerStatuses = initial.map { $0.status(before: before, time) }
    status.ephemeralContainerStatuses = shown(.ephemeral).map {
      $0.status(before: "ContainerCreating", time)
    }
    // The kubelet sorts these by name.
    status.containerStatuses = shown(.app).map { $0.status(before: before, time) }
      .sorted { $0.name < $1.name }
    return status
  }
}

extension Shown {
  /// - Parameter before: what a container waits for that has nothing in its way.
  fileprivate func status(before: String, _ time: (Duration) -> String) -> ContainerStatus {
    var status = ContainerStatus()
    status.name = name
    status.image = isRunning ? container.madeOf ?? container.spec.image : container.spec.image
    status.imageID = container.identity?.imageID ?? ""
    status.containerID = isRunning ? container.identity?.containerID : container.ended?.containerID
    status.user = container.identity?.user.map(ContainerUser.init)
    status.restartCount = container.restarts
    status.ready = isReady
    status.started = container.spec.role == .initial ? isRunning : isStarted
    status.state = current(before: before, time)
    status.lastState = last.map { ContainerState($0, time) }
    let wanted = container.spec.allotment
    status.resources = (isRunning ? container.given ?? wanted : wanted).requirements
    status.allocatedResources = wanted.requests.quantities
    status.volumeMounts = container.spec.mounts.map(VolumeMountStatus.init)
    return status
  }

  private func current(before: String, _ time: (Duration) -> String) -> ContainerState {
    var current = ContainerState()
    switch state {
    case .running(let activity):
      current.running = ContainerStateRunning()
      current.running?.startedAt = time(activity.since)
    case .ended(let end):
      current = ContainerState(end, time)
    case .missing:
      current.terminated = .missing
    case .waiting(let obstacle):
      current.waiting = ContainerStateWaiting()
      current.waiting?.reason = obstacle?.reason ?? before
      current.waiting?.message = obstacle?.message
    }
    return current
  }
}

extension VolumeMountStatus {
  fileprivate init(_ mount: LifeSpec.Mount) {
    self.init()
    name = mount.volume
    mountPath = mount.path
    guard let isRecursive = mount.isRecursivelyReadOnly else { return }
    readOnly = true
    recursiveReadOnly = isRecursive ? .enabled : .disabled
  }
}

extension ContainerUser {
  fileprivate init(_ user: Identity.User) {
    self.init()
    linux = LinuxContainerUser().with {
      $0.uid = Int(user.uid)
      $0.gid = Int(user.gid)
      $0.supplementalGroups = user.groups.map(Int.init)
    }
  }
}

extension ContainerState {
  fileprivate init(_ end: Termination, _ time: (Duration) -> String) {
    self.init()
    var terminated = ContainerStateTerminated()
    terminated.exitCode = Int(end.code)
    terminated.reason = end.reason
    terminated.message = end.message.isEmpty ? nil : end.message
    // containerd's word for a process that never began is the epoch.
    terminated.startedAt = end.started.map(time) ?? Timestamp(seconds: 0).description
    terminated.finishedAt = time(end.finished)
    terminated.containerID = end.containerID
    self.terminated = terminated
  }
}

extension ContainerStateTerminated {
  fileprivate static var missing: ContainerStateTerminated {
    var missing = ContainerStateTerminated()
    missing.exitCode = Int(Shown.missingCode)
    missing.reason = Termination.unknown
    missing.message = Termination.unknownMessage
    return missing
  }
}
