/// What the API server says about the requests and limits of a container.
extension Container {
  static func checkResources(
    _ container: Container, _ surroundings: ContainerSurroundings, _ path: FieldPath,
    _ review: inout Review
  ) {
    guard let resources = container.resources else { return }
    let place = path.field("resources")
    resources.checkAmounts(place, &review)
    resources.checkPair(place, &review)
    guard let whole = surroundings.spec.resources else { return }
    for name in resources.limits.keys.sorted() {
      guard let limit = resources.limits[name], let most = whole.limits[name],
        limit.compared(to: most) > 0
      else { continue }
      review.invalid(
        place.field("limits").key(name), limit,
        "must be less than or equal to pod limits of \(most.text)")
    }
  }

  static func checkResizing(
    _ container: Container, _ surroundings: ContainerSurroundings, _ path: FieldPath,
    _ review: inout Review
  ) {
    var seen: Set<String> = []
    for (index, policy) in container.resizePolicy.enumerated() {
      let place = path.field("resizePolicy").index(index)
      if !seen.insert(policy.resourceName).inserted {
        review.duplicate(place.field("resourceName"), policy.resourceName)
      }
      review.checkWord(
        policy.resourceName, place.field("resourceName"), among: ["cpu", "memory"])
      let word = place.field("restartPolicy")
      review.checkWord(
        policy.restartPolicy, word, among: ["NotRequired", "RestartContainer"])
      if surroundings.spec.restartPolicy == .never, policy.restartPolicy == "RestartContainer" {
        review.invalid(
          word, policy.restartPolicy,
          "must be 'NotRequired' when pod `restartPolicy` is 'Never'")
      }
    }
  }
}

extension ResourceRequirements {
  /// Each amount by itself. A request that the limit gave is not complained about again.
  func checkAmounts(
    _ path: FieldPath, _ review: inout Review,
    complaint: (String) -> ResourceName.Complaint? = ResourceName.complaint(about:)
  ) {
    let rest = requests.filter { limits[$0.key] != $0.value }
    review.checkAmounts(limits, path.field("limits"), complaint)
    review.checkAmounts(rest, path.field("requests"), complaint)
  }

  /// Requests and limits against each other.
  func checkPair(_ path: FieldPath, _ review: inout Review) {
    for (name, request) in requests.sorted(by: { $0.key < $1.key }) {
      let place = path.field("requests").key(name)
      guard let limit = limits[name] else {
        if ResourceName.isShared(name) { continue }
        review.require(
          path.field("limits").key(name), "Limit must be set for non overcommitable resources")
        continue
      }
      let difference = request.compared(to: limit)
      if difference != 0, !ResourceName.isShared(name) {
        review.invalid(place, request, "must be equal to \(name) limit of \(limit.text)")
      } else if difference > 0 {
        review.invalid(
          place, request, "must be less than or equal to \(name) limit of \(limit.text)")
      }
    }
    let names = Set(limits.keys).union(requests.keys)
    if names.contains(where: ResourceName.isHugePages), names.isDisjoint(with: ["cpu", "memory"]) {
      review.forbid(path, "HugePages require cpu or memory")
    }
  }
}

extension Review {
  mutating func checkAmounts(
    _ amounts: [String: Quantity], _ path: FieldPath,
    _ complaint: (String) -> ResourceName.Complaint?
  ) {
    for (name, amount) in amounts.sorted(by: { $0.key < $1.key }) {
      let place = path.key(name)
      switch complaint(name) {
      case nil: break
      case .invalid(let reason): invalid(place, name, reason)
      case .unsupported(let words): refuseUnsupported(name, among: words, at: place)
      }
      if let reason = ResourceName.complaint(about: amount, of: name) {
        invalid(place, amount, reason)
      }
    }
  }
}
