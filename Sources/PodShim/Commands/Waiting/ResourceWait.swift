import PodModel

/// Waits until each of several things meets a goal, all of them at once; wakes up when something
/// changes that says anything of them.
///
/// What is to be waited for is found when it begins. A thing that goes away will meet no goal but
/// that one; another of its name is another.
final class ResourceWait {
  private let goal: WaitGoal
  private let store: ResourceStore
  private let watch: ResourceWatch
  private let named: [ResourceQuery.Wanted]

  init(_ query: ResourceQuery, _ store: ResourceStore, _ goal: WaitGoal) throws {
    self.goal = goal
    self.store = store
    watch = try ResourceWatch(query, store)
    named = query.wanted.filter { $0.name != nil }
  }

  /// - Parameter met: is told of each thing when it meets the goal, as it is then or last was.
  /// - Throws: what does not, and why, when all others have.
  func run(for timeout: Duration, _ met: (Resource) throws -> Void) throws {
    let deadline = Clock.boot() + timeout
    var errors: [any Error] = []
    var pending = try begin(deadline, &errors)
    // A label that is taken away ends no wait.
    let watch = try ResourceWatch(ResourceQuery(named: pending), store)
    while true {
      let now = try watch.answer().found
      pending = try pending.filter { waited in
        let present = now.first { $0.key == waited.key }
        do {
          guard try goal.isMet(by: present?.node) else {
            if present != nil { return true }
            errors.append(CommandError.notFound(waited.kind, waited.name))
            return false
          }
        } catch let problem as JSONPath.Problem {
          errors.append(CommandError("\(problem)"))
          return false
        }
        try met(present ?? waited)
        return false
      }
      if pending.isEmpty { break }
      guard Clock.boot() < deadline, timeout > .zero else {
        errors += pending.map { CommandError.isLate($0.kind, $0.name) }
        break
      }
      try watch.wait(until: deadline)
    }
    guard errors.isEmpty else { throw CommandErrors(errors: errors) }
  }

  /// What there is to wait for. What is not there is an error, unless it is to come or to be gone.
  private func begin(_ deadline: Duration, _ errors: inout [any Error]) throws -> [Resource] {
    while true {
      let answer = try watch.answer()
      switch goal {
      case .deleted: return answer.found
      case .created:
        if answer.errors.isEmpty, !answer.found.isEmpty { return answer.found }
        guard Clock.boot() < deadline else {
          let missing = named.filter { want in !answer.found.contains { want.names($0) } }
          errors += missing.map { CommandError.isLate($0.kind, $0.name ?? "") }
          if missing.isEmpty { errors.append(ResourceWait.nothing) }
          return answer.found
        }
        try watch.wait(until: deadline)
      case .condition, .found, .phase, .any:
        errors += answer.errors
        if answer.found.isEmpty, answer.errors.isEmpty { errors.append(ResourceWait.nothing) }
        return answer.found
      }
    }
  }

  private static let nothing = CommandError("no matching resources found")
}
