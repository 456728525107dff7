/// How a pod that does not share the host's network gets one of its own, as `--network` names it.
public enum NetworkMode: String, Codable, CaseIterable, Sendable {
  /// The first of `cni`, `bridge` and `none` that this host can do.
  case auto
  /// The plugins that a configuration in `/etc/cni/net.d` names.
  case cni
  /// A bridge of our own, with addresses of our own.
  case bridge
  /// Loopback, and host ports through the forwarder.
  case none
  /// The host's, as if the pod had said `hostNetwork: true`.
  case host
}

/// Which network a pod gets on this host, decided by looking, without making one.
public struct NetworkChoice: Equatable, Sendable {
  public var wanted: NetworkMode
  /// The configuration that plugins would be called with; nil when there is none.
  public var configuration: String?
  /// Where it was looked for.
  public var configurationFolder: String
  /// What keeps this host from having a bridge of ours, with the remedy; nil when nothing does.
  public var obstacleToBridge: String?

  public init(
    wanted: NetworkMode, configuration: String?, configurationFolder: String,
    obstacleToBridge: String?
  ) {
    self.wanted = wanted
    self.configuration = configuration
    self.configurationFolder = configurationFolder
    self.obstacleToBridge = obstacleToBridge
  }

  /// Why the network that was asked for cannot be had.
  public struct Impossible: Error, Equatable, CustomStringConvertible, Sendable {
    public let description: String
  }

  /// The mode, never `auto`, and in words why it is this one.
  public func choose() throws(Impossible) -> (mode: NetworkMode, reason: String) {
    switch wanted {
    case .auto:
      if let configuration { return (.cni, "`\(configuration)`") }
      guard let obstacleToBridge else { return (.bridge, "no configuration of plugins") }
      return (.none, "loopback and host ports alone: \(obstacleToBridge)")
    case .cni:
      guard let configuration else {
        throw Impossible(
          description: "no network configuration in `\(configurationFolder)`: put a .conflist "
            + "there, name another folder with --cni-conf-dir, or use --network bridge")
      }
      return (.cni, "`\(configuration)`")
    case .bridge:
      if let obstacleToBridge {
        throw Impossible(description: "no bridge: \(obstacleToBridge), or use --network none")
      }
      return (.bridge, "as asked for")
    case .none: return (.none, "loopback and host ports alone, as asked for")
    case .host: return (.host, "the host's, as asked for")
    }
  }
}
