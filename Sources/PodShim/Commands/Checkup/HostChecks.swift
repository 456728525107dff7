import Glibc
import PodModel

/// What a host needs for pods, judged from facts that are handed in.
///
/// Pure, so that hosts that nobody has at hand can be judged in a test.
enum HostChecks {
  /// Which runtimes could run pods here, and the one that will.
  static func runtimes(_ choice: RuntimeChoice, version: (String) -> String?) -> [Finding] {
    let names = choice.wanted == "auto" ? RuntimeChoice.preference : [choice.wanted]
    var findings: [Finding] = []
    for name in names {
      let path = name.contains("/") ? name : choice.find(name)
      let word = name.split(separator: "/").last.map(String.init) ?? name
      if let path, let obstacle = choice.obstacle(to: word) {
        findings.append(Finding(.warn, word, "\(path): \(obstacle)"))
      } else if let path {
        let version = version(path).map { ", version \($0)" } ?? ""
        findings.append(Finding(.ok, word, path + version))
      } else {
        findings.append(Finding(.warn, word, "not found: install the package `\(word)`"))
      }
    }
    do {
      let chosen = try choice.choose()
      findings.append(Finding(.ok, "runtime", "\(chosen.name) runs the pods"))
    } catch {
      findings.append(Finding(.fail, "runtime", error.description))
    }
    return findings
  }

  /// What new pods are joined by.
  ///
  /// - Parameter obstacle: what keeps pods on our bridge from the world.
  static func network(_ choice: NetworkChoice, onBridge obstacle: String?) -> Finding {
    do {
      let (mode, reason) = try choice.choose()
      if mode == .bridge, let obstacle {
        return Finding(.warn, "network", "\(mode.rawValue), but \(obstacle)")
      }
      let verdict: Finding.Verdict = mode == .none && choice.wanted == .auto ? .warn : .ok
      return Finding(verdict, "network", "\(mode.rawValue): \(reason)")
    } catch {
      return Finding(.fail, "network", error.description)
    }
  }

  /// `close_range` with its flag for close-on-exec came with this version.
  private static let oldestKernel = (major: 5, minor: 11)

  static func kernel(_ release: String) -> Finding {
    let numbers = release.split { !$0.isNumber }.prefix(2).compactMap { Int($0) }
    guard numbers.count == 2, (numbers[0], numbers[1]) < (oldestKernel.major, oldestKernel.minor)
    else { return Finding(.ok, "kernel", release) }
    return Finding(
      .fail, "kernel",
      "\(release): \(oldestKernel.major).\(oldestKernel.minor) or newer is needed")
  }

  /// - Parameter mounts: every mount that is seen here.
  static func cgroups(_ mode: CgroupMode, mounts: [MountEntry]) -> Finding {
    let trees = mounts.filter { $0.type == "cgroup2" || $0.type == "cgroup" }
    guard !trees.isEmpty else {
      return Finding(
        .fail, "cgroups", "not mounted: write 'mount -t cgroup2 cgroup2 /sys/fs/cgroup'")
    }
    if let tree = trees.first(where: { $0.options.contains("ro") }) {
      return Finding(
        .fail, "cgroups",
        "`\(tree.path)` is read-only: write 'mount -o remount,rw,bind \(tree.path)', "
          + "or start the container that this is with it writable")
    }
    switch mode {
    case .unified: return Finding(.ok, "cgroups", "version 2")
    case .hybrid:
      return Finding(.ok, "cgroups", "hybrid: version 1, and the tree of version 2 beside it")
    case .legacy: return Finding(.ok, "cgroups", "version 1")
    }
  }

  /// - Parameters:
  ///   - known: the text of `/proc/filesystems`.
  ///   - modules: the text of the kernel's `modules.dep`. What is in it is loaded by the first
  ///     mount.
  ///   - root: the file system that the layers lie on.
  static func overlay(known: String, modules: String, root: FileSystem?) -> Finding {
    guard
      known.split(whereSeparator: \.isWhitespace).contains("overlay")
        || modules.contains("/overlay.ko")
    else {
      return Finding(.warn, "overlay", "not known to the kernel: images are copied for each run")
    }
    if root == .overlay || root == .nfs || root == .fuse {
      return Finding(
        .warn, "overlay",
        "refused on the file system below --root: images are copied for each run")
    }
    return Finding(.ok, "overlay", "known to the kernel")
  }

  /// - Parameter capabilities: those that a process here can ever have.
  static func capabilities(_ capabilities: [String]) -> [Finding] {
    let missing = Set(Capabilities.names).subtracting(capabilities)
    guard !missing.contains("CAP_SYS_ADMIN") else {
      return [Finding(.fail, "capabilities", "no CAP_SYS_ADMIN: nothing can be mounted")]
    }
    var findings: [Finding] = []
    if missing.contains("CAP_SYS_RESOURCE") {
      findings.append(
        Finding(
          .warn, "capabilities",
          "no CAP_SYS_RESOURCE: oom_score_adj stays as it is, limits cannot be raised"))
    }
    if missing.contains("CAP_NET_ADMIN") {
      findings.append(
        Finding(.warn, "capabilities", "no CAP_NET_ADMIN: pods have no network of their own"))
    }
    let others = Capabilities.names.filter {
      missing.contains($0) && !["CAP_SYS_RESOURCE", "CAP_NET_ADMIN"].contains($0)
    }
    if !others.isEmpty {
      let names = others.joined(separator: ", ")
      findings.append(Finding(.warn, "capabilities", "containers do without \(names)"))
    }
    return findings.isEmpty ? [Finding(.ok, "capabilities", "all of them")] : findings
  }

  /// Programs that do a part of the work.
  static func tools(isRoot: Bool = true, _ find: (String) -> String?) -> [Finding] {
    let tools = [
      ("tar", "images cannot be loaded: install the package `tar`"),
      ("skopeo", "images come from 'podshim load' alone: install the package `skopeo`"),
      ("ip", "pods have loopback and host ports alone: install the package `iproute2`"),
      ("nft", "pods have loopback and host ports alone: install the package `nftables`"),
      ("curl", "https and gRPC probes fail: install the package `curl`"),
      ("openssl", "no pod gets a service account's token: install the package `openssl`"),
    ]
    // What changes the host's network is of no use to others.
    return tools.filter { isRoot || !["ip", "nft"].contains($0.0) }.map { name, remedy in
      guard let path = find(name) else { return Finding(.warn, name, "not found: \(remedy)") }
      return Finding(.ok, name, path)
    }
  }

  /// - Parameter isWritable: whether something can be made at a path.
  static func folders(_ paths: HostPaths, isWritable: (String) -> Bool) -> [Finding] {
    [("root", paths.root), ("state", paths.state), ("logs", paths.logs)].map { name, path in
      isWritable(path)
        ? Finding(.ok, name, path)
        : Finding(.fail, name, "`\(path)` cannot be written to: name another with --\(name)")
    }
  }
}
