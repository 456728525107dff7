import PodModel

/// A container of a transcript's header, with what it is about:
///
///     app web postStart preStop policy=Never restart=42,43 restart!=1 restartAll=3
///     app db cpu=100m/200m memory=/64Mi fixed=memory
///     sidecar proxy startup(delay=5s,period=1s,success=1,failure=3,grace=2s)
enum TranscriptContainer {
  static func read(
    name: String, role: LifeSpec.Role, options: some Sequence<String>
  ) throws -> LifeSpec.ContainerSpec {
    var container = LifeSpec.ContainerSpec(name: name, role: role, image: "image")
    for option in options {
      try read(option, into: &container)
    }
    return container
  }

  private static func read(
    _ option: String, into container: inout LifeSpec.ContainerSpec
  ) throws {
    let parts = option.split(separator: "=", maxSplits: 1).map(String.init)
    switch (parts[0], parts.dropFirst().first) {
    case ("postStart", nil): container.hasPostStart = true
    case ("preStop", nil): container.hasPreStop = true
    case ("cpu", _?), ("memory", _?): try readResource(option, into: &container.allotment)
    case ("fixed", let name?): container.allotment.fixed.insert(name)
    case ("policy", let policy?): container.restartPolicy = RestartPolicy(rawValue: policy)
    case ("restart", let codes?): container.rules.append(.init(codes: numbers(codes)))
    case ("restart!", let codes?):
      container.rules.append(.init(codes: numbers(codes), isInverted: true))
    case ("restartAll", let codes?):
      container.rules.append(.init(codes: numbers(codes), restartsAll: true))
    default:
      let name = option.prefix { $0 != "(" }
      guard let kind = ProbeKind(rawValue: String(name)) else {
        throw Transcript.Malformed(description: "no such option of a container: \(option)")
      }
      container.probes[kind] = try probe(option.dropFirst(name.count))
    }
  }

  /// `cpu=100m/200m`, `memory=/64Mi`: what is asked for, and the limit.
  static func readResource(_ text: String, into allotment: inout Allotment) throws {
    let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
    let amounts = (parts.last ?? "").split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, amounts.count == 2 else {
      throw Transcript.Malformed(description: "not NAME=REQUEST/LIMIT: \(text)")
    }
    func set(_ place: WritableKeyPath<Allotment, ResourceAmounts>, _ amount: Substring) {
      guard let quantity = Quantity(String(amount)) else { return }
      allotment[keyPath: place].replace(with: ResourceAmounts([parts[0]: quantity]))
    }
    set(\.requests, amounts[0])
    set(\.limits, amounts[1])
  }

  private static func numbers(_ text: String) -> [Int32] {
    text.split(separator: ",").compactMap { Int32($0) }
  }

  private static func probe(_ text: Substring) throws -> ProbeSpec {
    var spec = ProbeSpec()
    for setting in text.dropFirst().dropLast().split(separator: ",") {
      let parts = setting.split(separator: "=").map(String.init)
      guard parts.count == 2 else { throw Transcript.Malformed(description: "\(text)") }
      switch parts[0] {
      case "delay": spec.initialDelay = try Transcript.time(parts[1])
      case "period": spec.period = try Transcript.time(parts[1])
      case "success": spec.successThreshold = Int(parts[1]) ?? 1
      case "failure": spec.failureThreshold = Int(parts[1]) ?? 3
      case "grace": spec.grace = try Transcript.time(parts[1])
      default: throw Transcript.Malformed(description: "no such setting of a probe: \(setting)")
      }
    }
    return spec
  }
}
