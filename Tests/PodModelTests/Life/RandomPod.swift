import PodModel

/// A pod made of dice: every role, policy, hook, probe and rule comes up, most with short times, so
/// that a short life meets much of it.
enum RandomPod {
  static func spec(_ random: inout SplitMix64) -> LifeSpec {
    var containers: [LifeSpec.ContainerSpec] = []
    for number in 0..<Int.random(in: 0...4, using: &random) {
      let role: LifeSpec.Role = random.chance(50) ? .sidecar : .initial
      containers.append(container("\(role.rawValue)\(number)", role, &random))
    }
    for number in 0..<Int.random(in: 1...3, using: &random) {
      containers.append(container("app\(number)", .app, &random))
    }
    var spec = LifeSpec(
      pod: "pod_default(uid)",
      restartPolicy: random.pick([.always, .onFailure, .never]),
      grace: .seconds(random.pick([0, 1, 2, 5, 30])), containers: containers)
    if random.chance(10) { spec.activeDeadline = .seconds(random.pick([1, 30, 600])) }
    if random.chance(5) { spec.readinessGates = ["gate"] }
    return spec
  }

  private static func container(
    _ name: String, _ role: LifeSpec.Role, _ random: inout SplitMix64
  ) -> LifeSpec.ContainerSpec {
    var spec = LifeSpec.ContainerSpec(name: name, role: role, image: "image")
    if role == .sidecar {
      spec.restartPolicy = .always
    } else if random.chance(20) {
      spec.restartPolicy = random.pick([.always, .onFailure, .never])
    }
    if random.chance(15) { spec.rules = [rule(&random)] }
    guard role != .initial else { return spec }
    spec.hasPostStart = random.chance(25)
    spec.hasPreStop = random.chance(30)
    for kind in ProbeKind.allCases where random.chance(35) {
      spec.probes[kind] = probe(kind, &random)
    }
    return spec
  }

  private static func rule(_ random: inout SplitMix64) -> LifeSpec.RestartRule {
    let isInverted = random.chance(20)
    return LifeSpec.RestartRule(
      // A pod that begins anew after every success would have no end.
      codes: isInverted ? [0, 1, 2] : [Int32.random(in: 1...4, using: &random)],
      isInverted: isInverted, restartsAll: random.chance(40))
  }

  private static func probe(_ kind: ProbeKind, _ random: inout SplitMix64) -> ProbeSpec {
    var spec = ProbeSpec()
    spec.initialDelay = .seconds(random.pick([0, 0, 0, 3, 10]))
    spec.period = .seconds(random.pick([1, 1, 2, 5, 10]))
    spec.failureThreshold = Int.random(in: 1...3, using: &random)
    guard kind != .readiness else {
      spec.successThreshold = Int.random(in: 1...3, using: &random)
      return spec
    }
    spec.grace = random.pick([nil, nil, .seconds(1), .seconds(5), .seconds(60)])
    return spec
  }

  /// What a manifest may become later: another image, other resources, a deadline, an ephemeral
  /// container more, or a label.
  static func change(_ spec: LifeSpec, number: Int, _ random: inout SplitMix64) -> LifeSpec {
    var spec = spec
    switch Int.random(in: 0..<12, using: &random) {
    case 10...: break
    case 0..<2:
      let index = Int.random(in: spec.containers.indices, using: &random)
      let amount = Quantity(Int64.random(in: 1...2, using: &random))
      spec.containers[index].allotment.limits.replace(with: ResourceAmounts(["cpu": amount]))
    case 2..<6:
      let index = Int.random(in: spec.containers.indices, using: &random)
      spec.containers[index].image = random.pick(["image", "image\(number)"])
    case 6..<9:
      spec.containers.append(
        LifeSpec.ContainerSpec(name: "ephemeral\(number)", role: .ephemeral, image: "image"))
    default:
      spec.activeDeadline = .seconds(random.pick([1, 100, 1000]))
    }
    return spec
  }
}
