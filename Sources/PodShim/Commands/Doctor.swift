import Glibc
import PodModel

/// `podshim doctor`: what pods need of this host, line by line.
enum DoctorCommand {
  static func run(_ invocation: Invocation) throws -> CInt {
    let world = try World(invocation)
    var refusal: String?
    if geteuid() != 0 {
      do { try RootlessNamespaces.enter(world.paths) } catch { refusal = "\(error)" }
    }
    let findings = examine(world, refusal)
    try Output.print(findings.map(\.description).joined(separator: "\n"))
    return findings.contains { $0.verdict == .fail } ? 1 : 0
  }

  /// - Parameter refusal: why a user who is not root can have no namespaces.
  private static func examine(_ world: World, _ refusal: String?) -> [Finding] {
    let choice = RuntimeChoice(
      wanted: world.wantedRuntime, find: { Program.find($0) },
      hybridControllers: CgroupMode.hybridControllers())
    let status = (try? Files.readText("/proc/self/status")) ?? ""
    let fileSystems = (try? Files.readText("/proc/filesystems")) ?? ""
    let release = (try? Files.readText("/proc/sys/kernel/osrelease")) ?? ""
    let kernel = String(release.prefix { !$0.isWhitespace })
    let modules = (try? Files.readText("/lib/modules/\(kernel)/modules.dep")) ?? ""
    let root = (try? FileSystem.of(existing(world.paths.root))) ?? nil
    return HostChecks.runtimes(choice, version: version)
      + [
        HostChecks.user(ids: Privilege.isRoot ? nil : Privilege.ids, refusal: refusal),
        HostChecks.kernel(kernel),
        Privilege.isRoot
          ? HostChecks.cgroups(CgroupMode.ofHost(), mounts: (try? Mount.table()) ?? [])
          : HostChecks.cgroupsWithoutRoot,
        HostChecks.overlay(known: fileSystems, modules: modules, root: root),
      ]
      + HostChecks.capabilities(Capabilities.bounding(status: status))
      + HostChecks.tools(isRoot: Privilege.isRoot) { Program.find($0) }
      + [HostChecks.network(NetworkChoice(world), onBridge: obstacle(world.paths.state))]
      + HostChecks.folders(world.paths) { access(existing($0), W_OK) == 0 }
  }

  /// `crun version 1.8.1` and `runc version 1.1.5+ds1` are what they say first.
  private static func version(_ path: String) -> String? {
    let result = try? Program(path, [path, "--version"]).run(timeout: .seconds(5))
    guard let result, result.succeeded else { return nil }
    let line = result.outputText.split(separator: "\n").first ?? ""
    return line.split(separator: " ").last.map(String.init)
  }

  /// What rules of the host do to pods on our bridge; nil where nobody can say.
  private static func obstacle(_ state: String) -> String? {
    guard let path = Program.find("nft") else { return nil }
    let result = try? Program(path, ["nft", "-j", "list", "ruleset"]).run(timeout: .seconds(5))
    guard let result, result.succeeded else { return nil }
    return (try? PacketFilter(result.output))?.obstacle(to: BridgeNetwork.bridgeName(state: state))
  }

  /// The path, or the nearest folder above it that is there.
  private static func existing(_ path: String) -> String {
    var path = path
    while path != "/", !Files.exists(path) { path = Files.split(path).directory }
    return path
  }
}
