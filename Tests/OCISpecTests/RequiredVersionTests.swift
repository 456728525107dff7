import OCISpec
import Testing

/// A document claims no version above the one that it needs.
@Suite struct RequiredVersionTests {
  /// What says something, and the first version that has it.
  struct Case: CustomTestStringConvertible {
    var version: String
    var testDescription: String
    var spec: Spec

    init(_ version: String, _ what: String, _ say: (inout Spec) -> Void) {
      self.version = version
      testDescription = what
      spec = Spec().with(say)
    }

    /// A case about the `linux` section.
    static func linux(
      _ version: String, _ what: String, _ say: (inout Linux) -> Void
    ) -> Case {
      Case(version, what) { $0.linux = Linux().with(say) }
    }

    static func seccomp(
      _ version: String, _ what: String, _ say: (inout Linux.Seccomp) -> Void
    ) -> Case {
      linux(version, what) { $0.seccomp = Linux.Seccomp(defaultAction: .errno).with(say) }
    }

    static func resources(
      _ version: String, _ what: String, _ say: (inout Linux.Resources) -> Void
    ) -> Case {
      linux(version, what) { $0.resources = Linux.Resources().with(say) }
    }

    static func mount(_ version: String, _ what: String, _ mount: Mount) -> Case {
      Case(version, what) { $0.mounts = [Mount(destination: "/proc"), mount] }
    }

    static func process(
      _ version: String, _ what: String, _ say: (inout Process) -> Void
    ) -> Case {
      Case(version, what) { $0.process = Process(cwd: "/").with(say) }
    }
  }

  static let cases: [Case] = [
    Case("1.0.2", "nothing") { _ in },
    Case("1.0.2", "a claim that is too high") { $0.ociVersion = "1.3.0" },
    Case("1.1.0", "a domain name") { $0.domainname = "example.org" },

    .mount("1.0.2", "common mount options", Mount(destination: "/a", options: ["rbind", "ro"])),
    .mount("1.1.0", "a recursive option", Mount(destination: "/a", options: ["rbind", "rro"])),
    .mount("1.1.0", "a copied-up tmpfs", Mount(destination: "/a", options: ["tmpcopyup"])),
    .mount("1.1.0", "user ids of a mount", Mount(destination: "/a").with { $0.uidMappings = [] }),
    .mount("1.1.0", "group ids of a mount", Mount(destination: "/a").with { $0.gidMappings = [] }),
    .mount("1.2.0", "an id-mapped mount", Mount(destination: "/a", options: ["idmap"])),
    .mount("1.2.0", "one with all below it", Mount(destination: "/a", options: ["ridmap"])),
    .mount("1.2.0", "a relative destination", Mount(destination: "run/lock")),

    .process("1.0.2", "a umask") { $0.user = Process.User().with { $0.umask = 18 } },
    .process("1.1.0", "a scheduler") { $0.scheduler = .init(policy: .batch) },
    .process("1.1.0", "an I/O priority") { $0.ioPriority = .init(class: .idle) },
    .process("1.2.1", "a CPU affinity of exec") { $0.execCPUAffinity = .init() },

    .linux("1.0.2", "namespaces") { $0.namespaces = [.init(type: .user), .init(type: .cgroup)] },
    .linux("1.0.2", "a word of no version") { $0.namespaces = [.init(type: "quantum")] },
    .linux("1.1.0", "a time namespace") { $0.namespaces = [.init(type: .time)] },
    .linux("1.1.0", "clock offsets") { $0.timeOffsets = .init() },
    .linux("1.3.0", "network devices") { $0.netDevices = ["eth1": .init()] },
    .linux("1.3.0", "a memory policy") { $0.memoryPolicy = .init() },
    .linux("1.0.2", "a cache schema") { $0.intelRdt = .init().with { $0.l3CacheSchema = "L3:" } },
    .linux("1.1.0", "cache monitoring") { $0.intelRdt = .init().with { $0.enableCMT = true } },
    .linux("1.1.0", "bandwidth monitoring") { $0.intelRdt = .init().with { $0.enableMBM = true } },
    .linux("1.3.0", "schemata") { $0.intelRdt = .init().with { $0.schemata = [] } },
    .linux("1.3.0", "monitoring") { $0.intelRdt = .init().with { $0.enableMonitoring = true } },

    .resources("1.0.2", "a limit of tasks") { $0.pids = .init(limit: 7) },
    .resources("1.3.0", "no limit of tasks") { $0.pids = .init() },
    .resources("1.0.2", "shares and a quota") {
      $0.cpu = .init().with {
        $0.shares = 2
        $0.quota = 1000
      }
    },
    .resources("1.1.0", "a burst") { $0.cpu = .init().with { $0.burst = 1 } },
    .resources("1.1.0", "idle") { $0.cpu = .init().with { $0.idle = 1 } },
    .resources("1.1.0", "files of cgroup v2") { $0.unified = ["memory.high": "max"] },
    .resources("1.1.0", "a checked update") {
      $0.memory = .init().with { $0.checkBeforeUpdate = true }
    },

    .seccomp("1.0.2", "an old action") { _ in },
    .seccomp("1.1.0", "a default errno") { $0.defaultErrnoRet = 1 },
    .seccomp("1.1.0", "the errno of a rule") {
      $0.syscalls = [.init(names: ["read"], action: .errno).with { $0.errnoRet = 1 }]
    },
    .seccomp("1.1.0", "a new default action") { $0.defaultAction = .killProcess },
    .seccomp("1.1.0", "a new action of a rule") {
      $0.syscalls = [.init(names: ["read"], action: .notify)]
    },
    .seccomp("1.1.0", "an agent") { $0.listenerPath = "/run/agent" },
    .seccomp("1.1.0", "a note for the agent") { $0.listenerMetadata = "x" },
    .seccomp("1.0.2", "old flags") { $0.flags = [.threadSync, .log, .specAllow] },
    .seccomp("1.1.0", "a new flag") { $0.flags = [.waitKillable] },
    .seccomp("1.0.2", "old architectures") { $0.architectures = [.x86_64, .aarch64] },
    .seccomp("1.1.0", "RISC-V") { $0.architectures = [.x86_64, .riscv64] },
    .seccomp("1.2.1", "LoongArch") { $0.architectures = [.x86_64, .loongarch64] },
  ]

  @Test(arguments: cases)
  func `the lowest version that has what is said`(example: Case) {
    #expect(example.spec.requiredVersion == example.version)
  }

  @Test func `the highest need decides`() {
    let spec = Spec().with {
      $0.domainname = "example.org"
      $0.process = Process(cwd: "/").with { $0.execCPUAffinity = .init() }
      $0.linux = Linux().with { $0.namespaces = [.init(type: .time)] }
    }
    #expect(spec.requiredVersion == "1.2.1")
  }

  @Test(arguments: Example.all.filter { $0.schema == "config-schema" })
  func `the examples claim what they need`(example: Example) throws {
    let spec = try JSON.decode(Spec.self, from: try example.text())
    #expect(spec.ociVersion == spec.requiredVersion)
  }
}
