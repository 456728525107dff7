import PodModel

/// What `describe node` says of this host: kubectl's lines, as far as they mean something here.
enum NodeDescription {
  /// - Parameter pods: what runs or will run here, of every namespace.
  static func of(
    _ node: NodeRecord, pods: [Pod], now: Timestamp, time: LocalTime
  ) -> Description {
    let system = NodeSystem.read()
    var all = Description()
    all.add("Name", node.name)
    all.add("Roles", Description.none)
    all.add("Labels", lines: KeyedLines.labels(node.labels))
    all.add("Annotations", Description.none)
    all.add("CreationTimestamp", time.text(system.started))
    all.add("Taints", Description.none)
    all.add("Unschedulable", "false")
    all.add("Addresses", pairs(node.addresses(system)))
    all.add("Capacity", pairs(NodeRecord.capacity(system)))
    let words = [
      "Machine ID", "Boot ID", "Kernel Version", "OS Image", "Operating System", "Architecture",
      "Container Runtime Version", "Kubelet Version",
    ]
    all.add("System Info", pairs(zip(words, node.information(system)).map { ($0, $1.1) }))
    all.add(table(pods, now: now))
    return all
  }

  private static func pairs(_ pairs: [(String, String)]) -> Description {
    var part = Description()
    for (name, value) in pairs { part.add(name, value) }
    return part
  }

  private static func table(_ pods: [Pod], now: Timestamp) -> Description {
    let present = pods.filter { $0.status?.phase != .succeeded && $0.status?.phase != .failed }
    var rows = Description()
    rows.addRow(["Namespace", "Name", "Age"])
    rows.addRow(["---------", "----", "---"])
    for pod in present {
      rows.addRow([
        pod.metadata.namespace ?? "default", pod.metadata.name,
        Age.text(since: pod.metadata.creationTimestamp, now: now),
      ])
    }
    var part = Description()
    part.addRow(["Non-terminated Pods:", "(\(present.count) in total)"], inside: rows)
    return part
  }
}
