import OCISpec
import PodModel

/// Which network a pod has, and what it was given there: on disk before it is given, so that it is
/// taken away again whatever happens to those who gave it.
struct NetworkRecord: Codable, Equatable {
  /// Never `auto`: that is decided once for a pod, and kept for as long as it lives.
  let mode: NetworkMode
  /// Why it is this one, for people.
  let reason: String
  /// The file that plugins are called with.
  var configuration: String?
  /// What the pod is reached at, none without a network between pods.
  var addresses: [String] = []
  /// What others may call it.
  var names: [String] = []
  var bridge: BridgePlace?
  var plugins: PluginAttachment?

  init(mode: NetworkMode, reason: String) {
    self.mode = mode
    self.reason = reason
  }

  /// Something was given that has to be taken away.
  var isAttached: Bool { bridge != nil || plugins != nil }

  /// nil for a pod that has no network yet, or the host's.
  static func read(_ paths: PodPaths) -> NetworkRecord? {
    guard let bytes = try? Files.read(paths.network) else { return nil }
    return try? JSON.decode(NetworkRecord.self, from: bytes)
  }

  /// The same; where the host's network is wanted for all pods, that is written down at once.
  static func find(_ paths: PodPaths, wanted: NetworkMode) throws -> NetworkRecord? {
    if let record = read(paths) { return record }
    guard wanted == .host else { return nil }
    let record = NetworkRecord(mode: .host, reason: "the host's, as asked for")
    try record.write(paths)
    return record
  }

  func write(_ paths: PodPaths) throws {
    try Files.replace(paths.network, with: JSON.compact(self))
  }
}

extension Pod {
  /// A pod that is given the host's network lives as one that has asked for it.
  func joined(to network: NetworkRecord?) -> Pod {
    network?.mode == .host ? with { $0.spec.hostNetwork = true } : self
  }
}
