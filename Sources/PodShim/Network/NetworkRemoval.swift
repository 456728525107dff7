import PodModel

/// What there is to do when nobody has an address on our bridge any more.
enum BridgeRemoval {
  static func tools(_ bridge: String) -> [HostTool] {
    [.rules(PacketRules.removal(ofBridge: bridge))]
      + (HostNetwork.has(bridge) ? [.links(.removal(ofBridge: bridge))] : [])
  }
}

/// Taking away the network of a pod that does not run, one step after the other: for commands, and
/// for a supervisor whose pod is at its end. After one that did it itself nothing is left to do.
enum NetworkRemoval {
  static func run(_ paths: PodPaths) throws {
    let record = NetworkRecord.read(paths)
    try Companion.end(.network, in: paths.state)
    try leaveBridge(record?.bridge, paths)
    if let attachment = record?.plugins { try delete(attachment, paths) }
  }

  /// - Parameter place: what was written down; who was killed in between may have claimed more.
  private static func leaveBridge(_ place: BridgePlace?, _ paths: PodPaths) throws {
    if let last = try AddressClaim.release(paths) {
      for tool in BridgeRemoval.tools(last.bridge) { try tool.run() }
      try AddressClaim.forgetNetwork(paths.host)
      last.lock.release()
    } else if let place, !place.ports.isEmpty, HostNetwork.has(place.network.bridge) {
      let others = try AddressClaim.places(paths.host).map(\.opening)
      try HostTool.rules(place.rules.text(renewedWith: others)).run()
    }
  }

  /// Each plugin is asked, and the namespace let go, also when one cannot do its part: that must
  /// not keep the pod from going.
  private static func delete(_ attachment: PluginAttachment, _ paths: PodPaths) throws {
    do {
      let calls = try PluginCall.removals(
        attachment, at: NetworkNamespace.find(paths.networkNamespace) ?? "")
      try CommandErrors.collect(over: calls) { try $0.run() }
    } catch {
      Diagnostics.report("the pod's network is removed later: \(error)")
      try PluginLeftover.keep(attachment, paths)
    }
    try NetworkNamespace.forget(paths.networkNamespace)
  }
}
