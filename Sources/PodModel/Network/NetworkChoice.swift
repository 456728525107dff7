/// Which network a pod gets on this host, decided by looking, without making one.
public struct NetworkChoice: Equatable, Sendable {
  public var wanted: NetworkMode
  /// The configuration that plugins would be called with; nil when there is none.
  public var configuration: String?
  /// Where it was looked for.
  public var configurationFolder: String
  /// What keeps this host from having a bridge of ours, with the remedy; nil when nothing does.
  public var obstacleToBridge: String?
  /// What keeps a program from carrying a pod's network, by its mode; nil with root, who needs
  /// none.
  public var obstaclesWithoutRoot: [NetworkMode: String]?

  public init(
    wanted: NetworkMode, configuration: String?, configurationFolder: String,
    obstacleToBridge: String?, obstaclesWithoutRoot: [NetworkMode: String]? = nil
  ) {
    self.wanted = wanted
    self.configuration = configuration
    self.configurationFolder = configurationFolder
    self.obstacleToBridge = obstacleToBridge
    self.obstaclesWithoutRoot = obstaclesWithoutRoot
  }

  /// Why the network that was asked for cannot be had.
  public struct Impossible: Error, Equatable, CustomStringConvertible, Sendable {
    public let description: String
  }

  /// The mode, never `auto`, and in words why it is this one.
  public func choose() throws(Impossible) -> (mode: NetworkMode, reason: String) {
    switch wanted {
    case .none: return (.none, "loopback and host ports alone, as asked for")
    case .host: return (.host, "the host's, as asked for")
    default:
      if let obstaclesWithoutRoot { return try chooseWithoutRoot(obstaclesWithoutRoot) }
      return try chooseWithRoot()
    }
  }

  private func chooseWithRoot() throws(Impossible) -> (mode: NetworkMode, reason: String) {
    switch wanted {
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
    case .pasta, .slirp4netns:
      throw Impossible(
        description: "--network \(wanted.rawValue) is for users who are not root: use --network "
          + "bridge")
    default:
      if let configuration { return (.cni, "`\(configuration)`") }
      guard let obstacleToBridge else { return (.bridge, "no configuration of plugins") }
      return (.none, "loopback and host ports alone: \(obstacleToBridge)")
    }
  }

  /// Who is not root may change nothing of the host's network.
  private func chooseWithoutRoot(
    _ obstacles: [NetworkMode: String]
  ) throws(Impossible) -> (mode: NetworkMode, reason: String) {
    let carried = NetworkMode.allCases.filter(\.isCarried)
    switch wanted {
    case .cni, .bridge:
      throw Impossible(
        description: "--network \(wanted.rawValue) needs root: use --network auto, which takes "
          + "pasta or slirp4netns, or none")
    case .auto:
      if let mode = carried.first(where: { obstacles[$0] == nil }) { return (mode, "without root") }
      let reasons = carried.compactMap { obstacles[$0] }.joined(separator: "; ")
      return (.none, "loopback and host ports alone: \(reasons)")
    default:
      if let obstacle = obstacles[wanted] {
        throw Impossible(description: "\(obstacle), or use --network none")
      }
      return (wanted, "as asked for")
    }
  }
}
