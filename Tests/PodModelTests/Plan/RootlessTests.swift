import OCISpec
import Testing

@testable import PodModel

@Suite("What a plan leaves out without root")
struct RootlessTests {
  private static let image = ImageFacts(
    config: ImageConfig(architecture: "amd64", os: "linux", rootfs: .init(diff_ids: [])).with {
      $0.config = ImageConfig.Config().with { $0.Cmd = ["sh"] }
    })

  private func plan(_ spec: String, ids: UInt32 = 65537) throws -> Plan {
    let base = try PlannedPod.plan(spec: "containers: [{name: main, image: i}]\n" + spec)
    var host = base.host
    host.rootless = Rootless(ids: ids)
    return Plan(pod: base.pod, host: host, paths: base.paths)
  }

  private func container(_ plan: Plan) throws -> Spec {
    try plan.container(
      "main", image: Self.image, pausePID: "1",
      facts: RunFacts(terminationLog: "/p/log", subPaths: "/p/sub-paths"))
  }

  private func mount(_ path: String, _ spec: Spec) -> OCISpec.Mount? {
    spec.mounts?.first { $0.destination == path }
  }

  @Test func `no control group is named, and no limit`() throws {
    let plan = try plan("")
    for spec in [try plan.sandbox(), try container(plan)] {
      #expect(spec.linux?.cgroupsPath == nil && spec.linux?.resources == nil)
    }
    #expect(try plan.sandbox().linux?.sysctl?["net.ipv4.ping_group_range"] == "0 65536")
  }

  @Test func `what the host's namespaces show is shown, not mounted anew`() throws {
    let own = try container(plan(""))
    #expect(mount("/sys", own)?.type == "sysfs" && mount("/proc", own)?.type == "proc")
    let shared = try container(plan("hostNetwork: true\nhostPID: true\nhostIPC: true"))
    for path in ["/sys", "/proc", "/dev/mqueue"] {
      #expect(mount(path, shared)?.type == "bind" && mount(path, shared)?.source == path)
      #expect(mount(path, shared)?.options?.first == "rbind")
    }
  }

  @Test func `an ID that there is not is refused by name`() throws {
    let user = "securityContext: {runAsUser: 70000}"
    let error = #expect(throws: PlanError.self) { try container(plan(user)) }
    #expect(error?.message.contains("wants the ID 70000, and there are 0 to 65536") == true)
    #expect(throws: PlanError.self) { try container(plan("securityContext: {fsGroup: 5}", ids: 1)) }
    #expect(try mount("/dev/pts", container(plan("", ids: 1)))?.options?.contains("gid=5") == false)
  }

  @Test func `no pod gets a user namespace of its own`() throws {
    #expect(try plan("hostUsers: false").rejection?.reason == "HostUsers")
    #expect(try plan("").rejection == nil)
  }

  @Test func `a resolver on the host's loopback is asked through the network's`() throws {
    let base = try plan("")
    var host = base.host
    host.resolvConf = "search a.b\nnameserver 127.0.0.1\nnameserver ::1\nnameserver 192.0.2.1\n"
    var plan = Plan(pod: base.pod, host: host, paths: base.paths)
    plan.resolverRelay = "10.0.2.3"
    #expect(plan.resolvConf == "search a.b\nnameserver 10.0.2.3\nnameserver 192.0.2.1\n")
  }
}
