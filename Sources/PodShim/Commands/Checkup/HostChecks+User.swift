import PodModel

/// What becomes of pods by who calls podshim.
extension HostChecks {
  /// - Parameters:
  ///   - ids: how many there are for pods; nil for root.
  ///   - refusal: why there are no namespaces of the user.
  static func user(ids: UInt32?, refusal: String?) -> Finding {
    if let refusal { return Finding(.fail, "user", "not root: \(refusal)") }
    switch ids {
    case nil: return Finding(.ok, "user", "root")
    case 1?:
      return Finding(
        .warn, "user",
        "not root, and pods have one ID alone, 0: give this user lines in /etc/subuid and "
          + "/etc/subgid, and install the package `uidmap`")
    case let ids?: return Finding(.ok, "user", "not root: pods have the IDs 0 to \(ids - 1)")
    }
  }

  static let cgroupsWithoutRoot = Finding(
    .warn, "cgroups", "of no use without root: pods run without limits")
}
