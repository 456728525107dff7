/// What the API server says about the resources of a pod as a whole.
extension PodSpec {
  static func checkPodResources(
    _ spec: PodSpec, _ path: FieldPath, _ review: inout Review
  ) {
    review.checkAmounts(
      spec.overhead, path.field("overhead"), ResourceName.complaint(about:))
    guard let resources = spec.resources else { return }
    let place = path.field("resources")
    if !resources.claims.isEmpty {
      review.forbid(
        place.field("claims"), "claims may not be set for Resources at pod-level")
    }
    resources.checkAmounts(place, &review, complaint: ResourceName.complaintOfPod)
    resources.checkPair(place, &review)
    for (name, request) in resources.requests.sorted(by: { $0.key < $1.key }) {
      guard let sum = spec.requested(name), request.compared(to: sum) < 0 else { continue }
      review.invalid(
        place.field("requests").key(name), request,
        "must be greater than or equal to aggregate container requests of \(sum.text)")
    }
  }

  /// What the containers need at the worst moment: all together, or one init container beside the
  /// sidecars that were started before it. Nil where none says.
  private func requested(_ name: String) -> Quantity? {
    func sum(_ containers: [Container]) -> Quantity? {
      containers.compactMap { $0.resources?.requests[name] }.reduce(nil) { sum, amount in
        sum.map { $0.adding(amount) } ?? amount
      }
    }
    var sidecars: [Container] = []
    var worst: Quantity?
    for container in initContainers {
      let moment = sum(sidecars + [container])
      if container.restartPolicy == .always { sidecars.append(container) }
      worst = Quantity.larger(worst, moment)
    }
    return Quantity.larger(worst, sum(containers + sidecars))
  }
}
