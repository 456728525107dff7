import PodModel

/// What the volumes of a pod may hold on disk, and what is said of one that holds more.
///
/// The kernel does not stop who writes too much: as with a kubelet without quotas, somebody looks
/// from time to time (`localStorageEviction`), and the pod goes when it has taken too much.
struct VolumeUsage {
  /// The volumes that have a limit, with their folders.
  private let limited: [(volume: Volume, limit: Quantity, path: String)]

  init(_ volumes: [Volume], in paths: PodPaths) {
    limited = volumes.compactMap { volume in
      guard let source = volume.emptyDir, (source.medium ?? "").isEmpty,
        let limit = source.sizeLimit, limit.value > 0
      else { return nil }
      return (volume, limit, paths.volume(volume.name))
    }
  }

  var isUnlimited: Bool { limited.isEmpty }

  /// The program that measures them: a line for each, with its kibibytes.
  func program() throws -> Program {
    try Tool.du.program(["-skx", "--"] + limited.map(\.path))
  }

  /// What the kubelet says of the first that holds too much, after the lines of `program`.
  func excess(_ measured: String) -> String? {
    let sizes = DiskUse.read(measured)
    let over = limited.first { (sizes[$0.path] ?? 0) > $0.limit.value }
    return over.map { one in
      "Usage of EmptyDir volume \"\(one.volume.name)\" exceeds the limit "
        + "\"\(one.limit.text)\". "
    }
  }
}

extension Supervisor {
  /// As often as the kubelet looks (`evictionMonitoringPeriod`).
  private static let lookAtVolumes = Duration.seconds(10)

  /// Looks at what the volumes hold, now and again, for as long as we run.
  func watchVolumes() {
    let usage = VolumeUsage(pod.spec.volumes, in: paths)
    guard !usage.isUnlimited else { return }
    measure(usage)
  }

  private func measure(_ usage: VolumeUsage) {
    do {
      let inquiry = try Inquiry(loop, within: .seconds(60)) { [unowned self] end in
        volumeInquiry = nil
        if case .ended(_, let bytes) = end, let message = usage.excess(Supervisor.text(bytes)) {
          tell(.evicted(message: message))
        }
        loop.after(Supervisor.lookAtVolumes) { [unowned self] in measure(usage) }
      }
      volumeInquiry = inquiry
      try begin(usage.program(), for: inquiry)
    } catch {
      Diagnostics.report("what the volumes hold cannot be measured: \(error)")
    }
  }
}
