import PodModel

/// A bug planted between a life and those who judge it.
///
/// The life itself is as it is: what it asks for, its deadline, its status or its snapshot is
/// changed on the way, as a life with that bug would have them. Each bug has the rule that is there
/// to catch it, and each rule has a bug.
enum LifeBug: String, CaseIterable {
  // Beginnings
  case beginsInADeletedPod, runsTwice, forgetsTheNumber, beginsBeforeInits, beginsBeforeSidecars
  case startsAppsAtOnce, repeatsEphemerals, restartsAnyway, restartsWithoutBackOff, renewsAtOnce
  case retriesAtOnce, forgetsARestart, forgetsAStart
  // Hooks
  case forgetsPostStart, repeatsPostStart, forgetsPreStop, repeatsPreStop, preStopsWhatGoesOn
  case doesNotWaitForPreStop
  // Ends
  case endsForNothing, updatesTheOthers, keepsOldImages, keepsUnhealthyOnes, forgetsTheSignal
  case forgetsToKill, killsAtOnce, killsBeforeTheGraceEnds, endsSidecarsAtOnce
  // Probes
  case probesTheDying, probesBeforeTheStart, probesTwice, probesTooOften, forgetsProbes
  // Sandbox and remains
  case makesTwoSandboxes, dropsTheSandbox, retriesTheSandboxAtOnce, removesTwice, finishesEarly
  case takesTheRejected
  // Waking
  case sleepsTooLong, neverWakes, wakesForNothing, waitsForNobody, forgetsTheDeletion
  case forgetsTheEviction
  case losesItsMemory
  // Status
  case countsDown, endsTooSoon, showsAllStarted, showsAllReady, countsSidecars, hidesTheDeadline
  case hidesTheEviction, forgetsTheInits, showsTwoStates, touchesTransitions

  var rule: LifeRule {
    switch self {
    case .beginsInADeletedPod: .nothingAfterTheEnd
    case .runsTwice: .oneRunAtATime
    case .forgetsTheNumber: .runsAreCountedUp
    case .beginsBeforeInits: .initsFirst
    case .beginsBeforeSidecars: .sidecarsFirst
    case .startsAppsAtOnce: .appsInOrder
    case .repeatsEphemerals: .ephemeralOnce
    case .restartsAnyway: .policyDecides
    case .restartsWithoutBackOff: .backOffs
    case .renewsAtOnce: .renewalsWait
    case .retriesAtOnce: .retriesWait
    case .forgetsARestart, .forgetsAStart: .startsComeInTime
    case .forgetsPostStart, .repeatsPostStart: .postStartOnce
    case .forgetsPreStop, .repeatsPreStop, .preStopsWhatGoesOn: .preStopOnce
    case .doesNotWaitForPreStop: .preStopFirst
    case .endsForNothing, .updatesTheOthers: .stopsHaveReasons
    case .keepsOldImages: .oldImagesEnd
    case .keepsUnhealthyOnes: .unfitOnesEnd
    case .forgetsTheSignal: .signalsComeInTime
    case .forgetsToKill: .killsComeInTime
    case .killsAtOnce: .twoSeconds
    case .killsBeforeTheGraceEnds: .graceIsGiven
    case .endsSidecarsAtOnce: .sidecarsLast
    default: laterRule
    }
  }

  private var laterRule: LifeRule {
    switch self {
    case .probesTheDying: .probesEndWithTheContainer
    case .probesBeforeTheStart: .startupGates
    case .probesTwice: .oneProbeInFlight
    case .probesTooOften: .probesWait
    case .forgetsProbes: .probesComeInTime
    case .makesTwoSandboxes: .oneSandbox
    case .dropsTheSandbox: .sandboxOutlivesContainers
    case .retriesTheSandboxAtOnce: .sandboxesWait
    case .removesTwice: .remainsGoOnce
    case .sleepsTooLong, .neverWakes: .deadlineIsKept
    case .wakesForNothing: .noIdleWaking
    case .waitsForNobody: .somethingGoesOn
    case .forgetsTheDeletion, .forgetsTheEviction: .wantedEndsCome
    case .takesTheRejected: .rejectionIsFinal
    case .losesItsMemory: .snapshotsSayEverything
    case .countsDown: .restartCountsRise
    case .endsTooSoon: .terminalPhasesStay
    case .showsAllStarted: .startedIsEarned
    case .showsAllReady: .readyIsEarned
    case .countsSidecars: .onlyAppsDecide
    case .hidesTheDeadline: .deadlineFails
    case .hidesTheEviction: .evictionFails
    case .forgetsTheInits: .initializedStays
    case .showsTwoStates: .oneStateAtATime
    case .touchesTransitions: .transitionsHaveTheirTime
    default: .finishIsLast
    }
  }
}

// MARK: Not what is asked for

extension LifeBug {
  func edit(_ deadline: Duration?, at now: Duration) -> Duration? {
    switch self {
    case .sleepsTooLong: deadline.map { $0 + .seconds(5) }
    case .neverWakes: nil
    case .wakesForNothing: deadline.map { $0 > now ? now + ($0 - now) / 2 : $0 }
    default: deadline
    }
  }

  /// A snapshot that was read back.
  func edit(_ life: inout PodLife, at now: Duration) {
    if self == .losesItsMemory { _ = life.handle(.deletionRequested(grace: .zero), at: now) }
  }

  /// - Parameter look: how many there were before.
  func edit(_ status: inout PodStatus, _ rules: LifeRules, look: Int) {
    switch self {
    case .endsTooSoon:
      status.phase = .succeeded
    case .countsSidecars:
      let hasFailed = rules.containers.contains {
        $0.spec.role == .sidecar && ($0.end?.code ?? 0) != 0
      }
      if status.phase == .succeeded, hasFailed { status.phase = .failed }
    case .hidesTheDeadline, .hidesTheEviction:
      status.reason = nil
    case .forgetsTheInits, .touchesTransitions:
      for index in status.conditions.indices { edit(&status.conditions[index], look: look) }
    default:
      for index in status.initContainerStatuses.indices {
        edit(&status.initContainerStatuses[index], look: look)
      }
      for index in status.containerStatuses.indices {
        edit(&status.containerStatuses[index], look: look)
      }
    }
  }

  private func edit(_ condition: inout PodCondition, look: Int) {
    switch self {
    case .forgetsTheInits: if condition.type == "Initialized" { condition.status = .false }
    case .touchesTransitions: condition.lastTransitionTime = "\(look)"
    default: break
    }
  }

  private func edit(_ container: inout ContainerStatus, look: Int) {
    switch self {
    case .countsDown: if look.isMultiple(of: 2) { container.restartCount -= 1 }
    case .showsAllStarted: container.started = true
    case .showsAllReady: container.ready = true
    case .showsTwoStates: container.state?.waiting = ContainerStateWaiting()
    default: break
    }
  }
}
