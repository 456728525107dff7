import OCISpec
import PodModel

/// What plugins did not take away when they were asked to: kept when its pod is gone, with its
/// namespace, and asked for again whenever plugins are at work.
struct PluginLeftover {
  let attachment: PluginAttachment
  private let folder: String

  private var namespace: String { folder + "/namespace" }
  private var record: String { folder + "/attachment.json" }

  private init(_ attachment: PluginAttachment, _ host: HostPaths) {
    self.attachment = attachment
    folder = "\(host.pluginLeftovers)/\(attachment.containerID)"
  }

  /// Keeps what is left of a pod that is about to go.
  static func keep(_ attachment: PluginAttachment, _ paths: PodPaths) throws {
    let leftover = PluginLeftover(attachment, paths.host)
    try Files.makeDirectories(leftover.folder)
    // First: what has a record is found again and taken away.
    try Files.replace(leftover.record, with: JSON.compact(attachment))
    if let place = NetworkNamespace.find(paths.networkNamespace) {
      try NetworkNamespace.name(leftover.namespace, for: place)
    }
  }

  static func all(_ host: HostPaths) -> [PluginLeftover] {
    let names = (try? Files.listIfThere(host.pluginLeftovers)) ?? []
    return names.compactMap { name in
      let path = "\(host.pluginLeftovers)/\(name)/attachment.json"
      guard let bytes = try? Files.read(path),
        let attachment = try? JSON.decode(PluginAttachment.self, from: bytes)
      else { return nil }
      return PluginLeftover(attachment, host)
    }
  }

  /// What would take it away.
  func removals() throws -> [PluginCall] {
    try PluginCall.removals(attachment, at: NetworkNamespace.find(namespace) ?? "")
  }

  /// It was taken away.
  func forget() throws {
    try NetworkNamespace.forget(namespace)
    try Files.removeTree(folder)
  }
}
