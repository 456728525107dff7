import Glibc
import PodModel

/// Looking at this host: the only place where the facts that a plan needs are collected.
extension HostFacts {
  /// The facts that this pod needs.
  ///
  /// - Parameters:
  ///   - runtime: who will run it; nil while nobody knows.
  ///   - root: where pods keep their files; its file system is the host's ephemeral storage.
  ///   - allowedUnsafeSysctls: what the host's owner lets pods change.
  static func read(
    for pod: Pod, runtime: Runtime? = nil, root: String, allowedUnsafeSysctls: [String] = []
  ) throws -> HostFacts {
    var name = utsname()
    uname(&name)
    func text<Tuple>(_ tuple: Tuple) -> String {
      withUnsafeBytes(of: tuple) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
    let status = (try? Files.readText("/proc/self/status")) ?? ""
    let mode = CgroupMode.ofHost()
    var facts = HostFacts(
      hostname: text(name.nodename), nodeName: NodeRecord.hostname(),
      cgroupVersion: mode.version,
      kernel: text(name.release), architecture: text(name.machine),
      capabilities: Capabilities.bounding(status: status),
      canLowerOOMScore: Capabilities.bounding(status: status).contains("CAP_SYS_RESOURCE"),
      resolvConf: (try? Files.readText(resolverFile())) ?? "",
      hosts: (try? Files.readText("/etc/hosts")) ?? "",
      maskedPaths: thermalPaths(), devices: pod.hasPrivileged ? HostDevices.read() : nil,
      security: HostSecurity(
        appArmorProfiles: appArmorProfiles(),
        hasSELinux: Files.exists("/sys/fs/selinux/enforce"),
        allowedUnsafeSysctls: allowedUnsafeSysctls),
      recursiveReadOnly: pod.asksForRecursiveReadOnly
        ? RecursiveReadOnly.isSupported(kernel: text(name.release), by: runtime) : nil,
      capacity: HostCapacity.read(root: root))
    facts.oomScore = Files.readNumber("/proc/self/oom_score_adj").map(Int.init)
    facts.limitsHugePages = mode.limitsHugePages
    facts.accountsSwap = mode.accountsSwap
    if !Privilege.isRoot {
      facts.rootless = Rootless(ids: Privilege.ids)
      facts.canLowerOOMScore = false
    }
    return facts
  }

  /// Where systemd-resolved answers on loopback, its real servers are in a file of its own: a
  /// loopback address means nothing in a pod (kubeadm points the kubelet to the same file).
  private static func resolverFile() -> String {
    let text = (try? Files.readText("/etc/resolv.conf")) ?? ""
    let behind = "/run/systemd/resolve/resolv.conf"
    return text.contains("nameserver 127.0.0.53") && Files.exists(behind)
      ? behind : "/etc/resolv.conf"
  }

  /// The loaded profiles, a line each: `docker-default (enforce)`.
  private static func appArmorProfiles() -> [String]? {
    let enabled = try? Files.readText("/sys/module/apparmor/parameters/enabled")
    guard enabled?.hasPrefix("Y") == true else { return nil }
    let lines = (try? Files.readText("/sys/kernel/security/apparmor/profiles")) ?? ""
    return lines.split(separator: "\n").map { line in
      let end = line.lastIndex(of: "(") ?? line.endIndex
      return String(line[..<end].reversed().drop(while: \.isWhitespace).reversed())
    }
  }

  /// What `defaultMaskedPaths` of Kubernetes 1.36 hides of every processor.
  private static func thermalPaths() -> [String] {
    let processors = "/sys/devices/system/cpu"
    let names = (try? Files.list(processors)) ?? []
    return names.filter { $0.hasPrefix("cpu") && $0.dropFirst(3).allSatisfy(\.isNumber) }
      .map { "\(processors)/\($0)/thermal_throttle" }.filter(Files.exists)
  }
}

/// The kernel's capabilities by name, in the order of their numbers (linux/capability.h).
enum Capabilities {
  static let names = """
    CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID KILL SETGID SETUID SETPCAP LINUX_IMMUTABLE \
    NET_BIND_SERVICE NET_BROADCAST NET_ADMIN NET_RAW IPC_LOCK IPC_OWNER SYS_MODULE SYS_RAWIO \
    SYS_CHROOT SYS_PTRACE SYS_PACCT SYS_ADMIN SYS_BOOT SYS_NICE SYS_RESOURCE SYS_TIME \
    SYS_TTY_CONFIG MKNOD LEASE AUDIT_WRITE AUDIT_CONTROL SETFCAP MAC_OVERRIDE MAC_ADMIN SYSLOG \
    WAKE_ALARM BLOCK_SUSPEND AUDIT_READ PERFMON BPF CHECKPOINT_RESTORE
    """.split(separator: " ").map { "CAP_" + $0 }

  /// What a process may ever have, from the text of its `/proc/<pid>/status`.
  static func bounding(status: String) -> [String] {
    let line = status.split(separator: "\n").first { $0.hasPrefix("CapBnd:") }
    let digits = line?.split(whereSeparator: \.isWhitespace).last ?? "0"
    let mask = UInt64(digits, radix: 16) ?? 0
    return names.enumerated().filter { mask >> $0.offset & 1 == 1 }.map(\.element)
  }
}
