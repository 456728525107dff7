/// What a container asks for and may take at most, as far as that may change while it runs.
///
/// Kept as numbers, so that `1` and `1000m` are no change.
public struct Allotment: Codable, Equatable, Sendable {
  public var requests = ResourceAmounts()
  public var limits = ResourceAmounts()
  /// Of these a run has what it was made with: another amount needs another run.
  public var fixed: Set<String> = []

  public init() {}

  /// The same amounts, whatever has to happen before they can be others.
  func matches(_ other: Allotment) -> Bool {
    requests == other.requests && limits == other.limits
  }

  /// Getting from here to `other` takes another run.
  func needsRestart(for other: Allotment) -> Bool {
    other.fixed.contains {
      requests[$0] != other.requests[$0] || limits[$0] != other.limits[$0]
    }
  }

  /// As a status shows it; nil when there is nothing to show.
  var requirements: ResourceRequirements? {
    guard !requests.values.isEmpty || !limits.values.isEmpty else { return nil }
    return ResourceRequirements().with {
      $0.requests = requests.quantities
      $0.limits = limits.quantities
    }
  }
}

/// A change of what a running container may take, between its wish and its end.
public enum Resize: Codable, Equatable, Sendable {
  /// The runtime is told to make it so. → none, failed
  case asked(Allotment)
  /// It could not be made so, and is tried again. → asked
  case failed(message: String, retry: Duration)
}

extension PodLife {
  /// Why a resize cannot be, and whether one is on its way: nothing when neither.
  var resizeConditions: [Condition] {
    guard containers.contains(where: \.isResizing) else { return [] }
    if let infeasible = spec.infeasible {
      return [
        Condition(
          type: "PodResizePending", holds: true, reason: "Infeasible", message: infeasible)
      ]
    }
    let failures = containers.compactMap { container -> String? in
      if case .failed(let message, _) = container.resize { return message }
      return nil
    }
    return [
      Condition(
        type: "PodResizeInProgress", holds: true, reason: failures.isEmpty ? nil : "Error",
        message: failures.isEmpty ? nil : failures.joined(separator: "; "))
    ]
  }

  /// No container runs with less or more than its manifest says by now.
  public var isSettled: Bool { !containers.contains(where: \.isResizing) }

  /// Has a container that runs take what its manifest says by now.
  mutating func resize(_ index: Int, at now: Duration, _ plan: inout [Effect]) {
    let container = containers[index]
    guard container.isResizing, spec.infeasible == nil, case .running = container.state else {
      return
    }
    switch container.resize {
    case .asked: return
    case .failed(_, let retry) where retry > now: return
    case .failed: break
    case nil:
      plan.append(.report(Note(.normal, "ResizeStarted", "Pod resize started")))
    }
    containers[index].resize = .asked(container.spec.allotment)
    plan.append(.resize(container.instance))
  }
}

extension ContainerLife {
  /// It runs with other resources than its manifest has by now.
  var isResizing: Bool {
    activity != nil && !(given ?? spec.allotment).matches(spec.allotment)
  }

  var needsRestartToResize: Bool {
    isResizing && (given ?? spec.allotment).needsRestart(for: spec.allotment)
  }

  /// When a change that failed is tried again.
  var nextResize: Duration? {
    if isResizing, case .failed(_, let retry) = resize { return retry }
    return nil
  }

  mutating func absorbResize(failure: String?, at now: Duration, _ plan: inout [Effect]) {
    guard case .asked(let asked) = resize else { return }
    if let failure {
      resize = .failed(message: failure, retry: now + PodLife.syncRetry)
      return report(.warning, "ResizeError", failure, &plan)
    }
    given = asked
    resize = nil
    if !isResizing {
      plan.append(.report(Note(.normal, "ResizeCompleted", "Pod resize completed")))
    }
  }
}
