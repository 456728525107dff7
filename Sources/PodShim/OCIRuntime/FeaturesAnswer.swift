import Glibc
import OCISpec
import PodModel

/// What `features` prints: what the runtime beneath says of itself, and what podshim adds.
///
/// crun says it from 1.9 on; of an older one it is made of what its version names.
enum FeaturesAnswer {
  static func text(_ runtime: LowerRuntime) throws -> String {
    let known = runtime.answer(["features"]).flatMap { YAMLText($0).documents.first }
    let node = try known ?? madeUp(runtime)
    return added(to: node, runtime).jsonText(sortedKeys: false)
  }

  private static func added(to features: Node, _ runtime: LowerRuntime) -> Node {
    let unsafe = "potentiallyUnsafeConfigAnnotations"
    var names: [Node] = []
    if case .sequence(let items) = features[unsafe]?.content { names = items }
    // Who may write it may join the namespaces of a pod.
    return features.setting([unsafe], to: .sequence(names + [.string(EngineBundle.annotation)]))
      .setting(["annotations", "io.podshim.version"], to: .string(CommandTable.version))
      .setting(["annotations", "io.podshim.runtime"], to: .string(runtime.path))
  }

  /// Of crun 1.8.
  private static func madeUp(_ runtime: LowerRuntime) throws -> Node {
    let version = runtime.answer(["--version"]).map { String(decoding: $0, as: UTF8.self) } ?? ""
    let parts = version.split(whereSeparator: \.isWhitespace)
    var features = Features(ociVersionMin: "1.0.0", ociVersionMax: "1.1.0+dev")
    features.hooks = [
      "prestart", "createRuntime", "createContainer", "startContainer", "poststart", "poststop",
    ]
    features.mountOptions = mountOptions
    features.linux = linux(parts)
    let text = try JSON.compact(features)
    guard let node = YAMLText(text).documents.first else {
      throw RuntimeCall.Failure(description: "`\(runtime.path) --version` says nothing")
    }
    return node
  }

  private static func linux(_ parts: [Substring]) -> LinuxFeatures {
    func has(_ part: String) -> LinuxFeatures.Switch {
      LinuxFeatures.Switch().with { $0.enabled = parts.contains("+" + part[...]) }
    }
    return LinuxFeatures().with {
      $0.namespaces = [.cgroup, .ipc, .mount, .network, .pid, .user, .uts]
      $0.capabilities = Capabilities.names
      $0.cgroup = LinuxFeatures.Cgroup().with {
        ($0.v1, $0.v2) = (true, true)
        $0.systemd = has("SYSTEMD").enabled
        $0.systemdUser = has("SYSTEMD").enabled
      }
      $0.seccomp = LinuxFeatures.Seccomp().with { $0.enabled = has("SECCOMP").enabled }
      $0.apparmor = has("APPARMOR")
      $0.selinux = has("SELINUX")
      $0.mountExtensions = LinuxFeatures.MountExtensions().with {
        $0.idmap = LinuxFeatures.Switch().with { $0.enabled = true }
      }
    }
  }

  /// What crun 1.8 knows (its `mount_flags`).
  private static let mountOptions = [
    "async", "atime", "bind", "copy-symlink", "defaults", "dev", "diratime", "dirsync", "exec",
    "idmap", "iversion", "lazytime", "loud", "mand", "noatime", "nodev", "nodiratime", "noexec",
    "noiversion", "nolazytime", "nomand", "norelatime", "nostrictatime", "nosuid", "nosymfollow",
    "private", "ratime", "rbind", "rdev", "rdiratime", "relatime", "remount", "rexec", "rnoatime",
    "rnodev", "rnodiratime", "rnoexec", "rnorelatime", "rnostrictatime", "rnosuid", "rnosymfollow",
    "ro", "rprivate", "rrelatime", "rro", "rrw", "rshared", "rslave", "rstrictatime", "rsuid",
    "rsymfollow", "runbindable", "rw", "shared", "silent", "slave", "strictatime", "suid",
    "symfollow", "sync", "tmpcopyup", "unbindable",
  ]
}
