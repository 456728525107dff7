import OCISpec
import PodModel
import Testing

@Suite("A plan says what cannot be planned, and takes what only the caller knows")
struct PlanTests {
  private static let image = ImageFacts(
    config: ImageConfig(architecture: "amd64", os: "linux", rootfs: .init(diff_ids: [])).with {
      $0.config = ImageConfig.Config().with { $0.Cmd = ["sh"] }
    })

  private static func pod(_ change: (inout Pod) -> Void = { _ in }) -> Pod {
    var pod = Pod().with {
      $0.metadata.name = "demo"
      $0.metadata.uid = "u-1"
      $0.spec.containers = [Container().with { $0.name = "main" }]
    }.withDefaults()
    change(&pod)
    return pod
  }

  private static func plan(
    _ pod: Pod = pod(), resolvConf: String = "", addresses: [String] = ["127.0.0.1"]
  ) -> Plan {
    let host = HostFacts(hostname: "node", kernel: "6.1.0", resolvConf: resolvConf)
    let paths = PlanPaths(
      hosts: "/p/hosts", hostname: "/p/hostname", resolvConf: "/p/resolv.conf",
      sharedMemory: "/p/shm", cgroupParent: "/podshim/podu-1", pauseRootfs: "/p/pause")
    return Plan(pod: pod, host: host, paths: paths, addresses: addresses)
  }

  private static let facts = RunFacts(terminationLog: "/p/log", subPaths: "/p/sub-paths")

  private static func container(_ name: String = "main", of plan: Plan) throws -> Spec {
    try plan.container(name, image: image, pausePID: "PAUSE_PID", facts: facts)
  }

  @Test("A volume that nobody has made")
  func missingVolume() {
    let pod = Self.pod {
      $0.spec.containers[0].volumeMounts = [
        VolumeMount().with {
          $0.name = "data"
          $0.mountPath = "/data"
        }
      ]
    }
    let error = #expect(throws: PlanError.self) { try Self.container(of: Self.plan(pod)) }
    #expect(error?.reason == "CreateContainerConfigError")
    #expect(error?.message == "cannot find volume `data` to mount into container `main`")
  }

  @Test("A container that the pod does not have")
  func missingContainer() {
    let error = #expect(throws: PlanError.self) { try Self.container("other", of: Self.plan()) }
    #expect(error?.message == "the pod has no container `other`")
  }

  @Test("A run does not share its cgroup with the one before, which is killed as it is deleted")
  func cgroupOfRun() throws {
    let paths = try (0...2).map { run in
      try Self.plan().container(
        "main", run: run, image: Self.image, pausePID: "PAUSE_PID", facts: Self.facts
      ).linux?.cgroupsPath
    }
    let parent = "/podshim/podu-1"
    #expect(paths == ["\(parent)/main", "\(parent)/main_1", "\(parent)/main_2"])
  }

  @Test("A capability that there is not, even to be dropped")
  func unknownCapability() {
    let pod = Self.pod {
      $0.spec.containers[0].securityContext = SecurityContext().with {
        $0.capabilities = Capabilities().with { $0.drop = ["NET_RWA"] }
      }
    }
    let error = #expect(throws: PlanError.self) { try Self.container(of: Self.plan(pod)) }
    #expect(error?.reason == "CreateContainerConfigError")
    #expect(error?.message.contains("`CAP_NET_RWA`") == true)
  }

  @Test("An ID that the kernel cannot hold", arguments: [-1, 1 << 32])
  func idOutOfRange(_ id: Int) {
    let pod = Self.pod { $0.spec.securityContext?.runAsUser = id }
    let error = #expect(throws: PlanError.self) { try Self.container(of: Self.plan(pod)) }
    #expect(error?.message.hasPrefix("runAsUser \(id) is out of range") == true)
  }

  @Test("Every address of the pod gets a line with its name")
  func addresses() throws {
    let plan = Self.plan(addresses: ["10.88.0.7", "fd00::7"])
    #expect(plan.hostsFile?.hasSuffix("\n10.88.0.7\tdemo\nfd00::7\tdemo\n") == true)
  }

  @Test("Without an address the image keeps its own /etc/hosts")
  func noAddress() throws {
    let plan = Self.plan(addresses: [])
    #expect(plan.hostsFile == nil)
    let mounts = try Self.container(of: plan).mounts ?? []
    #expect(!mounts.contains { $0.destination == "/etc/hosts" })
    #expect(mounts.contains { $0.destination == "/etc/hostname" })
  }

  @Test("A word may stand for the process ID of the pause container")
  func placeholder() throws {
    let namespaces = try Self.container(of: Self.plan()).linux?.namespaces ?? []
    #expect(namespaces.contains(.init(type: .network, path: "/proc/PAUSE_PID/ns/net")))
  }

  @Test("Every bundle of the pod names the same sandbox")
  func sandboxID() throws {
    var plan = Self.plan()
    plan.sandboxID = "u-1_pause_3"
    for spec in [try plan.sandbox(), try Self.container(of: plan)] {
      #expect(spec.annotations?["io.kubernetes.cri.sandbox-id"] == "u-1_pause_3")
    }
  }

  @Test("A node without a resolver hands on its file as it is")
  func emptyResolver() {
    let text = "# nobody to ask\ndomain example.org\n"
    #expect(Self.plan(resolvConf: text).resolvConf == text)
  }

  @Test("Search domains keep to what resolvers stand")
  func searchLimits() {
    let long = String(repeating: "a", count: 254)
    let wide = (0..<12).map { String(repeating: "b", count: 200) + String($0) }
    for (given, kept) in [
      ((0..<40).map { "d\($0)" }, 32), ([long, "short"], 1), (wide, 10),
    ] {
      let plan = Self.plan(resolvConf: "search \(given.joined(separator: " "))\n")
      let line = plan.resolvConf.split(separator: "\n").first ?? ""
      #expect(line.split(separator: " ").dropFirst().count == kept)
      #expect(line.utf8.count <= 2048 + "search ".utf8.count)
      #expect(plan.warnings.count == 1)
    }
    #expect(Self.plan(resolvConf: "search one two\n").warnings.isEmpty)
  }
}
