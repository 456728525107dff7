extension Spec {
  /// The lowest version of the specification that has everything said here, 1.0.2 at least.
  ///
  /// A runtime may refuse a version that it does not know (crun 1.8 refuses 1.2.0 and up), so a
  /// document should claim no more than it uses. Words that no version lists count for nothing.
  public var requiredVersion: String {
    let sections = (mounts ?? []).map(\.release) + [process?.release, linux?.release]
    return Release.latest(
      [(.v1_1_0, domainname != nil)] + sections.compactMap { $0 }.map { ($0, true) }
    ).rawValue
  }
}

/// The releases of the runtime specification that brought something for Linux, and what: each
/// section says below which of its members came late (the rest is as old as 1.0.2).
private enum Release: String, Comparable {
  case v1_0_2 = "1.0.2"
  case v1_1_0 = "1.1.0"
  case v1_2_0 = "1.2.0"
  case v1_2_1 = "1.2.1"
  case v1_3_0 = "1.3.0"

  static func < (one: Release, other: Release) -> Bool { one.rawValue < other.rawValue }

  /// The latest release that is needed.
  static func latest(_ needs: [(Release, Bool)]) -> Release {
    needs.lazy.filter(\.1).map(\.0).max() ?? .v1_0_2
  }
}

extension Mount {
  fileprivate var release: Release {
    let options = Set(options ?? [])
    return .latest([
      (.v1_1_0, uidMappings != nil || gidMappings != nil),
      (.v1_1_0, !options.isDisjoint(with: Self.optionsSince1_1)),
      (.v1_2_0, options.contains("idmap") || options.contains("ridmap")),
      (.v1_2_0, !destination.hasPrefix("/")),
    ])
  }

  /// Options that `mount(8)` does not have, so that 1.0.2, which points there, has none of them.
  private static let optionsSince1_1: Set<String> = [
    "ratime", "rdev", "rdiratime", "rexec", "rnoatime", "rnodev", "rnodiratime", "rnoexec",
    "rnorelatime", "rnostrictatime", "rnosuid", "rnosymfollow", "rrelatime", "rro", "rrw",
    "rstrictatime", "rsuid", "rsymfollow", "tmpcopyup",
  ]
}

extension Process {
  fileprivate var release: Release {
    .latest([
      (.v1_1_0, scheduler != nil || ioPriority != nil),
      (.v1_2_1, execCPUAffinity != nil),
    ])
  }
}

extension Linux {
  fileprivate var release: Release {
    .latest([
      (.v1_1_0, timeOffsets != nil || (namespaces ?? []).contains { $0.type == .time }),
      (.v1_3_0, netDevices != nil || memoryPolicy != nil),
      (resources?.release ?? .v1_0_2, true),
      (intelRdt?.release ?? .v1_0_2, true),
      (seccomp?.release ?? .v1_0_2, true),
    ])
  }
}

extension Linux.Resources {
  fileprivate var release: Release {
    .latest([
      (.v1_1_0, unified != nil || cpu?.burst != nil || cpu?.idle != nil),
      (.v1_1_0, memory?.checkBeforeUpdate != nil),
      (.v1_3_0, pids.map { $0.limit == nil } ?? false),
    ])
  }
}

extension Linux.IntelRdt {
  fileprivate var release: Release {
    .latest([
      (.v1_1_0, enableCMT != nil || enableMBM != nil),
      (.v1_3_0, schemata != nil || enableMonitoring != nil),
    ])
  }
}

extension Linux.Seccomp {
  fileprivate var release: Release {
    let rules = syscalls ?? []
    let actions = [defaultAction] + rules.map(\.action)
    let late: Set<SeccompAction> = [.killProcess, .killThread, .notify]
    let latest: Set<SeccompArch> = [.loongarch64, .m68k, .sh, .sheb]
    return .latest([
      (.v1_1_0, defaultErrnoRet != nil || rules.contains { $0.errnoRet != nil }),
      (.v1_1_0, listenerPath != nil || listenerMetadata != nil),
      (.v1_1_0, !late.isDisjoint(with: actions)),
      (.v1_1_0, (flags ?? []).contains(.waitKillable)),
      (.v1_1_0, (architectures ?? []).contains(.riscv64)),
      (.v1_2_1, !latest.isDisjoint(with: architectures ?? [])),
    ])
  }
}
