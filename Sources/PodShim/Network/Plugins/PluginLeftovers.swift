import OCISpec
import PodModel

/// What plugins did not take away when they were asked to: kept when its pod is gone, and asked for
/// again whenever plugins are at work.
enum PluginLeftovers {
  static func keep(_ attachment: PluginAttachment, _ host: HostPaths) throws {
    try Files.makeDirectories(host.pluginLeftovers)
    try Files.replace(path(attachment, host), with: JSON.compact(attachment))
  }

  static func all(_ host: HostPaths) -> [PluginAttachment] {
    let names = (try? Files.listIfThere(host.pluginLeftovers)) ?? []
    return names.compactMap { name in
      guard let bytes = try? Files.read("\(host.pluginLeftovers)/\(name)") else { return nil }
      return try? JSON.decode(PluginAttachment.self, from: bytes)
    }
  }

  static func forget(_ attachment: PluginAttachment, _ host: HostPaths) throws {
    try Files.remove(path(attachment, host))
  }

  private static func path(_ attachment: PluginAttachment, _ host: HostPaths) -> String {
    "\(host.pluginLeftovers)/\(attachment.containerID).json"
  }
}
