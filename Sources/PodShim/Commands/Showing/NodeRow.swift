import PodModel

/// This host as a line of `get nodes`: kubectl's columns.
enum NodeRow {
  static let header = ["NAME", "STATUS", "ROLES", "AGE", "VERSION"]
  static let wideHeader =
    header + ["INTERNAL-IP", "EXTERNAL-IP", "OS-IMAGE", "KERNEL-VERSION", "CONTAINER-RUNTIME"]

  static func cells(_ node: NodeRecord, isWide: Bool, now: Timestamp) -> [String] {
    let system = NodeSystem.read()
    let row = [
      node.name, "Ready", "<none>", Age.text(since: system.started, now: now),
      "v\(CommandTable.version)",
    ]
    guard isWide else { return row }
    return row + [
      system.address ?? "<none>", "<none>", system.image, system.kernel,
      "podshim://\(CommandTable.version)",
    ]
  }
}
