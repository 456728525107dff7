extension Capabilities {
  /// Every capability that Linux knows, without the `CAP_` in front.
  static let known = [
    "AUDIT_CONTROL", "AUDIT_READ", "AUDIT_WRITE", "BLOCK_SUSPEND", "BPF", "CHECKPOINT_RESTORE",
    "CHOWN", "DAC_OVERRIDE", "DAC_READ_SEARCH", "FOWNER", "FSETID", "IPC_LOCK", "IPC_OWNER",
    "KILL", "LEASE", "LINUX_IMMUTABLE", "MAC_ADMIN", "MAC_OVERRIDE", "MKNOD", "NET_ADMIN",
    "NET_BIND_SERVICE", "NET_BROADCAST", "NET_RAW", "PERFMON", "SETFCAP", "SETGID", "SETPCAP",
    "SETUID", "SYSLOG", "SYS_ADMIN", "SYS_BOOT", "SYS_CHROOT", "SYS_MODULE", "SYS_NICE",
    "SYS_PACCT", "SYS_PTRACE", "SYS_RAWIO", "SYS_RESOURCE", "SYS_TIME", "SYS_TTY_CONFIG",
    "WAKE_ALARM",
  ]

  /// A misspelt capability would only show when the container is made, or not at all.
  func check(_ path: FieldPath, _ review: inout Review) {
    for (list, names) in [("add", add), ("drop", drop)] {
      for (index, name) in names.enumerated() {
        let upper = name.uppercased()
        let bare = upper.hasPrefix("CAP_") ? String(upper.dropFirst(4)) : upper
        if bare == "ALL" || Self.known.contains(bare) { continue }
        let hint = bare.nearest(in: Self.known).didYouMean
        review.refuse(
          path.field(list).index(index), "unknown capability \(name.quoted)\(hint)")
      }
    }
  }
}
