import PodModel

/// What `describe pod` says, line for line as kubectl's `describePod` does.
///
/// The parts that are long have files of their own: containers, volumes, events.
struct PodDescription {
  let pod: Pod
  /// nil leaves the table of events out.
  var events: [PodEvent]?
  let now: Timestamp
  let time: LocalTime

  private var status: PodStatus { pod.status ?? PodStatus() }

  var text: String {
    var all = Description()
    all.add(identity)
    all.add(state)
    all.add(addresses)
    all.add(containers)
    all.add(conditions)
    all.add(VolumesDescription.of(pod.spec.volumes))
    all.add(placement)
    guard let events else { return all.text }
    let table = EventTable.description(events, now: now)
    // kubectl begins anew before a table: its columns have nothing to do with what is above it.
    if !events.isEmpty { return all.text + table.text }
    all.add(table)
    return all.text
  }

  private var identity: Description {
    var part = Description()
    part.add("Name", pod.metadata.name)
    part.add("Namespace", pod.metadata.namespace ?? "default")
    if let priority = pod.spec.priority { part.add("Priority", "\(priority)") }
    if let name = pod.spec.priorityClassName, !name.isEmpty {
      part.add("Priority Class Name", name)
    }
    if let name = pod.spec.runtimeClassName, !name.isEmpty { part.add("Runtime Class Name", name) }
    if let name = pod.spec.serviceAccountName, !name.isEmpty { part.add("Service Account", name) }
    part.add("Node", pod.spec.nodeName.map { "\($0)/\(status.hostIP ?? "")" } ?? Description.none)
    if let start = status.startTime { part.add("Start Time", time.text(start)) }
    part.add("Labels", lines: KeyedLines.labels(pod.metadata.labels))
    part.add("Annotations", lines: KeyedLines.annotations(pod.metadata.annotations))
    return part
  }

  private var state: Description {
    var part = Description()
    let isOver = status.phase == .succeeded || status.phase == .failed
    if let deletion = pod.metadata.deletionTimestamp, !isOver {
      part.add("Status", "Terminating (lasts \(Age.text(since: deletion, now: now)))")
      let grace = pod.metadata.deletionGracePeriodSeconds ?? 0
      part.add("Termination Grace Period", "\(grace)s")
    } else {
      part.add("Status", status.phase?.rawValue ?? "")
    }
    if let reason = status.reason, !reason.isEmpty { part.add("Reason", reason) }
    if let message = status.message, !message.isEmpty { part.add("Message", message) }
    if let profile = pod.spec.securityContext?.seccompProfile {
      part.add("SeccompProfile", profile.type?.rawValue ?? "")
      if let file = profile.localhostProfile { part.add("LocalhostProfile", file) }
    }
    return part
  }

  private var addresses: Description {
    var part = Description()
    part.add("IP", status.podIP ?? "")
    var all = Description()
    for address in status.podIPs { all.add("IP", address.ip) }
    part.add("IPs", all, orNone: true)
    return part
  }

  private var containers: Description {
    let spec = pod.spec
    var part = Description()
    func add(_ title: String, _ containers: [Container], _ statuses: [ContainerStatus]) {
      var all = Description()
      for container in containers {
        let status = statuses.first { $0.name == container.name }
        let one = ContainerDescription(container, status, of: pod, time: time).description
        all.add(container.name, one)
      }
      part.add(title, all)
    }
    if !spec.initContainers.isEmpty {
      add("Init Containers", spec.initContainers, status.initContainerStatuses)
    }
    add("Containers", spec.containers, status.containerStatuses)
    if !spec.ephemeralContainers.isEmpty {
      let added = spec.ephemeralContainers.map(\.common)
      add("Ephemeral Containers", added, status.ephemeralContainerStatuses)
    }
    return part
  }

  /// kubectl puts blanks behind the words here.
  private var conditions: Description {
    func table(_ rows: [(String, String)]) -> Description {
      var table = Description()
      table.addRow(["Type", "Status"])
      for (type, holds) in rows { table.addRow(["\(type) ", "\(holds) "]) }
      return table
    }
    var part = Description()
    let gates = pod.spec.readinessGates.map(\.conditionType)
    if !gates.isEmpty {
      let rows = gates.map { gate in
        let condition = status.conditions.first { $0.type == gate }
        return (gate, condition?.status.rawValue ?? Description.none)
      }
      part.add("Readiness Gates", table(rows))
    }
    if !status.conditions.isEmpty {
      part.add("Conditions", table(status.conditions.map { ($0.type, $0.status.rawValue) }))
    }
    return part
  }

  private var placement: Description {
    var part = Description()
    part.add("QoS Class", (status.qosClass ?? pod.qosClass).rawValue)
    part.add("Node-Selectors", lines: KeyedLines.labels(pod.spec.nodeSelector))
    part.add("Tolerations", lines: KeyedLines.tolerations(pod.spec.tolerations))
    return part
  }
}
