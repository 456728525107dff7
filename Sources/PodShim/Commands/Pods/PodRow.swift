import PodModel

/// One pod as a line of `get pods`: kubectl's columns by kubectl's rules (`printPod`).
struct PodRow: Equatable {
  var name: String
  var ready: String
  var status: String
  var restarts: String
  var age: String
  var ip: String
  var node: String
  var nominatedNode: String
  var readinessGates: String

  static let header = ["NAME", "READY", "STATUS", "RESTARTS", "AGE"]
  static let wideHeader = header + ["IP", "NODE", "NOMINATED NODE", "READINESS GATES"]

  var cells: [String] { [name, ready, status, restarts, age] }
  var wideCells: [String] { cells + [ip, node, nominatedNode, readinessGates] }

  init(_ pod: Pod, now: Timestamp) {
    let status = pod.status ?? PodStatus()
    let summary = Summary(pod, status)
    name = pod.metadata.name
    ready = "\(summary.ready)/\(summary.total)"
    self.status = summary.word
    restarts = "\(summary.restarts)"
    if summary.restarts > 0, let last = summary.lastRestart {
      restarts += " (\(Age.text(since: last, now: now)) ago)"
    }
    age = Age.text(since: pod.metadata.creationTimestamp, now: now)
    ip = status.podIPs.first?.ip ?? "<none>"
    node = pod.spec.nodeName ?? "<none>"
    nominatedNode = status.nominatedNodeName ?? "<none>"
    readinessGates = PodRow.gates(pod.spec.readinessGates, status)
  }

  private static func gates(_ gates: [PodReadinessGate], _ status: PodStatus) -> String {
    guard !gates.isEmpty else { return "<none>" }
    return "\(gates.filter { status.holds($0.conditionType) }.count)/\(gates.count)"
  }
}

/// What the status of a pod comes to: kubectl lets the first unfinished init container speak, else
/// the app containers, the first of them last.
private struct Summary {
  var word: String
  var ready = 0
  var total: Int
  var restarts = 0
  /// When the newest of the ended runs ended.
  var lastRestart: String?

  private let sidecars: Set<String>

  init(_ pod: Pod, _ status: PodStatus) {
    word = status.reason ?? (status.phase ?? .unknown).rawValue
    sidecars = Set(pod.spec.initContainers.filter { $0.restartPolicy == .always }.map(\.name))
    total = pod.spec.containers.count + sidecars.count
    let isInitializing = addInit(status.initContainerStatuses, of: pod.spec.initContainers.count)
    if !isInitializing || status.holds("Initialized") {
      let kept = status.initContainerStatuses.filter { sidecars.contains($0.name) }
      (restarts, lastRestart) = (0, nil)
      for container in kept { count(container) }
      addApps(status)
    }
    let isOver = status.phase == .succeeded || status.phase == .failed
    if pod.metadata.deletionTimestamp != nil, !isOver { word = "Terminating" }
  }

  /// True when some init container is not done.
  private mutating func addInit(_ containers: [ContainerStatus], of count: Int) -> Bool {
    for (index, container) in containers.enumerated() {
      self.count(container)
      let terminated = container.state?.terminated
      if let terminated, terminated.exitCode == 0 { continue }
      if sidecars.contains(container.name), container.started == true {
        if container.ready { ready += 1 }
        continue
      }
      let waiting = container.state?.waiting?.reason ?? ""
      if let terminated {
        word = "Init:" + Summary.word(of: terminated)
      } else if !waiting.isEmpty, waiting != "PodInitializing" {
        word = "Init:" + waiting
      } else {
        word = "Init:\(index)/\(count)"
      }
      return true
    }
    return false
  }

  private mutating func addApps(_ status: PodStatus) {
    var hasRunning = false
    for container in status.containerStatuses.reversed() {
      count(container)
      if let waiting = container.state?.waiting?.reason, !waiting.isEmpty {
        word = waiting
      } else if let terminated = container.state?.terminated {
        word = Summary.word(of: terminated)
      } else if container.ready, container.state?.running != nil {
        hasRunning = true
        ready += 1
      }
    }
    if word == "Completed", hasRunning { word = status.holds("Ready") ? "Running" : "NotReady" }
  }

  private mutating func count(_ container: ContainerStatus) {
    restarts += container.restartCount
    // The API's times sort as text.
    if let ended = container.lastState?.terminated?.finishedAt, ended > lastRestart ?? "" {
      lastRestart = ended
    }
  }

  private static func word(of end: ContainerStateTerminated) -> String {
    if let reason = end.reason, !reason.isEmpty { return reason }
    if let signal = end.signal, signal != 0 { return "Signal:\(signal)" }
    return "ExitCode:\(end.exitCode)"
  }
}

extension PodStatus {
  fileprivate func holds(_ condition: String) -> Bool {
    conditions.contains { $0.type == condition && $0.status == .true }
  }
}
