/// Whether somebody can reach into a container, as `exec` and `attach` do.
public enum Reach: Equatable, Sendable {
  /// A process of this run is there.
  case running(run: Int)
  /// It has not run yet, and nothing is in its way.
  case coming
  case none
}

extension PodLife {
  public func reach(into name: String) -> Reach {
    guard let container = containers.first(where: { $0.spec.name == name }) else { return .none }
    if container.activity != nil { return .running(run: container.run) }
    let isNew = container.ended == nil && container.obstacle == nil
    return isNew && phase == .pending && deletion == nil ? .coming : .none
  }
}
