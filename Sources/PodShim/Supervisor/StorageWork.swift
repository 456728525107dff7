import PodModel

/// Looking at what the pod keeps on disk, now and again, for as long as it lives and has limits.
///
/// A program of the host does it, beside the loop. Every look is at the pod as it is by then: a
/// container that was begun anew writes into another layer.
extension Supervisor {
  /// As often as the kubelet looks (`evictionMonitoringPeriod`).
  private static let lookAtStorage = Duration.seconds(10)
  /// What takes longer to count is counted the next time.
  private static let storagePatience = Duration.seconds(60)
  /// Room for a line of each place, however many a pod has.
  private static let storageLines = 1 << 20

  func watchStorage() {
    let limits = StorageLimits(of: pod.spec)
    guard !limits.places.isEmpty else { return }
    measure(limits)
    loop.after(Supervisor.lookAtStorage) { [unowned self] in watchStorage() }
  }

  private func measure(_ limits: StorageLimits) {
    var places: [String: StorageLimits.Place] = [:]
    for place in limits.places {
      if let path = path(of: place), Files.exists(path) { places[path] = place }
    }
    guard storageInquiry == nil, !places.isEmpty else { return }
    do {
      let inquiry = try Inquiry(
        loop, within: Supervisor.storagePatience, keeping: Supervisor.storageLines
      ) { [unowned self] end in
        storageInquiry = nil
        guard case .ended(_, let bytes) = end else { return }
        var used: [StorageLimits.Place: Int64] = [:]
        for (path, size) in DiskUse.read(Supervisor.text(bytes)) {
          if let place = places[path] { used[place] = size }
        }
        if let message = limits.excess(used) { tell(.evicted(message: message)) }
      }
      storageInquiry = inquiry
      try begin(Tool.du.program(["-skx", "--"] + places.keys.sorted()), for: inquiry)
    } catch {
      storageInquiry = nil
      Diagnostics.report("what the pod keeps on disk cannot be measured: \(error)")
    }
  }

  /// Where it lies; nil while it lies nowhere.
  private func path(of place: StorageLimits.Place) -> String? {
    switch place {
    case .volume(let name): paths.volume(name)
    case .layer(let name):
      runs[name].map { paths.writable(name, run: $0.instance.run) + "/upper" }
    case .logs(let name): paths.logs(of: pod) + "/" + name
    }
  }
}
