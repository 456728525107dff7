import PodModel

/// Bugs in what a life asks for.
extension LifeBug {
  /// How a plan is changed.
  enum Change {
    case drop((Effect, LifeRules) -> Bool)
    case double((Effect) -> Bool)
    /// In the place of an effect there are these.
    case replace((Effect, LifeRules) -> [Effect])
    /// Something more, of the first container for which there is anything.
    case add((ContainerRecord, LifeRules, Duration) -> [Effect])
    case addOfPod((LifeRules, Duration) -> [Effect])
  }

  func edit(_ plan: [Effect], _ rules: LifeRules, at now: Duration) -> [Effect] {
    switch change {
    case .drop(let isIt): return plan.filter { !isIt($0, rules) }
    case .double(let isIt): return plan.flatMap { isIt($0) ? [$0, $0] : [$0] }
    case .replace(let others): return plan.flatMap { others($0, rules) }
    case .add(let more):
      for container in rules.containers {
        let effects = more(container, rules, now)
        // What the life does itself at this moment is no bug.
        if !effects.isEmpty {
          return effects.contains(where: plan.contains) ? plan : plan + effects
        }
      }
      return plan
    case .addOfPod(let more):
      let effects = more(rules, now)
      return effects.contains(where: plan.contains) ? plan : plan + effects
    case nil: return plan
    }
  }

  private var change: Change? {
    beginning ?? repetition ?? hook ?? end ?? stop ?? probe ?? sandbox
  }

  private var beginning: Change? {
    switch self {
    case .beginsInADeletedPod:
      .add { container, rules, _ in
        rules.isDeleted && !container.isLive ? container.next : []
      }
    case .runsTwice:
      .add { container, rules, _ in
        container.isRunning && !rules.isStoppingAll ? container.next : []
      }
    case .forgetsTheNumber:
      .replace { effect, rules in
        guard case .create(let instance) = effect, let index = rules.index(instance.container),
          rules.containers[index].run?.stage == .over
        else { return [effect] }
        return [.create(Instance(instance.container, instance.run - 1))]
      }
    case .beginsBeforeInits:
      .add { container, rules, _ in
        container.jumps(rules) { $0.spec.role == .initial && !$0.isDone }
      }
    case .beginsBeforeSidecars:
      .add { container, rules, _ in
        container.jumps(rules) { $0.spec.role == .sidecar && !$0.wasStarted }
      }
    case .startsAppsAtOnce:
      .add { container, rules, _ in
        container.run?.stage == .created && !rules.isStoppingAll
          ? container.instance.map { [.start($0)] } ?? [] : []
      }
    default: nil
    }
  }

  private var repetition: Change? {
    switch self {
    case .repeatsEphemerals:
      .add { container, rules, _ in
        rules.mayBegin(container) && container.spec.role == .ephemeral ? container.next : []
      }
    case .restartsAnyway:
      .add { container, rules, _ in
        rules.mayBegin(container) && !rules.runsAgain(container) ? container.next : []
      }
    case .restartsWithoutBackOff:
      .add { container, rules, now in
        container.wasHeard || !rules.isBackingOff(container, at: now) ? [] : container.next
      }
    case .renewsAtOnce:
      .add { container, rules, now in
        container.wasHeard && rules.isBackingOff(container, at: now) ? container.next : []
      }
    case .retriesAtOnce:
      .add { container, rules, now in
        guard container.retryAt != nil, let next = rules.nextStart(of: container), next > now,
          let run = container.run
        else { return [] }
        return [.create(Instance(container.name, run.number))]
      }
    case .forgetsARestart: .drop { effect, _ in effect.isCreate && effect.instance?.run != 0 }
    case .forgetsAStart: .drop { effect, _ in effect.isStart }
    default: nil
    }
  }

  private var hook: Change? {
    switch self {
    case .forgetsPostStart: .drop { effect, _ in effect.isHook(.postStart) }
    case .repeatsPostStart: .double { $0.isHook(.postStart) }
    case .forgetsPreStop: .drop { effect, _ in effect.isHook(.preStop) }
    case .repeatsPreStop: .double { $0.isHook(.preStop) }
    case .preStopsWhatGoesOn:
      .add { container, rules, _ in
        guard container.isRunning, !container.isStopping, rules.grace(toEnd: container) == nil
        else { return [] }
        return container.instance.map { [.hook($0, .preStop)] } ?? []
      }
    case .doesNotWaitForPreStop:
      .replace { effect, _ in
        guard effect.isHook(.preStop), let instance = effect.instance else { return [effect] }
        return [effect, .signal(instance, .stop)]
      }
    default: nil
    }
  }
}
