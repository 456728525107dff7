import Glibc
import PodModel

/// Looking at this host for what decides which network its pods get.
extension NetworkChoice {
  init(_ world: World) {
    guard Privilege.isRoot else {
      self.init(
        wanted: world.wantedNetwork, configuration: nil,
        configurationFolder: world.networkConfigurations, obstacleToBridge: nil,
        obstaclesWithoutRoot: NetworkChoice.obstaclesWithoutRoot { Program.find($0) })
      return
    }
    let status = (try? Files.readText("/proc/self/status")) ?? ""
    self.init(
      wanted: world.wantedNetwork,
      configuration: PluginConfigurations.first(in: world.networkConfigurations),
      configurationFolder: world.networkConfigurations,
      obstacleToBridge: NetworkChoice.obstacle(
        find: { Program.find($0) }, capabilities: Capabilities.bounding(status: status)))
  }

  static func obstaclesWithoutRoot(find: (String) -> String?) -> [NetworkMode: String] {
    var obstacles: [NetworkMode: String] = [:]
    for (mode, package) in [(NetworkMode.pasta, "passt"), (.slirp4netns, "slirp4netns")] {
      let name = mode.rawValue
      if find(name) == nil {
        obstacles[mode] = "`\(name)` is not installed: install the package `\(package)`"
      } else if access("/dev/net/tun", R_OK | W_OK) != 0 {
        obstacles[mode] = "`\(name)` needs `/dev/net/tun`, which this user cannot open"
      }
    }
    return obstacles
  }

  /// What keeps us from making a bridge; nil when nothing does that can be seen without trying.
  static func obstacle(find: (String) -> String?, capabilities: [String]) -> String? {
    for (name, package) in [("ip", "iproute2"), ("nft", "nftables")] where find(name) == nil {
      return "`\(name)` is not installed: install the package `\(package)`"
    }
    guard capabilities.contains("CAP_NET_ADMIN") else {
      return "no CAP_NET_ADMIN: give it to who runs podshim"
    }
    return nil
  }
}
