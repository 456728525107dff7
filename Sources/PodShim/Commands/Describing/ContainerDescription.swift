import PodModel

/// One container of a pod as `describe` shows it: what it is, what it runs, how it does.
struct ContainerDescription {
  private let container: Container
  private let status: ContainerStatus?
  private let pod: Pod
  private let time: LocalTime

  init(_ container: Container, _ status: ContainerStatus?, of pod: Pod, time: LocalTime) {
    self.container = container
    self.status = status
    self.pod = pod
    self.time = time
  }

  var description: Description {
    var all = Description()
    all.add(basics)
    all.add(words("Command", container.command))
    all.add(words("Args", container.args))
    all.add(state)
    all.add(amounts("Limits", container.resources?.limits ?? [:]))
    all.add(amounts("Requests", container.resources?.requests ?? [:]))
    all.add(probes)
    all.add(EnvironmentDescription(container, of: pod).description)
    all.add(mounts)
    return all
  }

  private var basics: Description {
    var part = Description()
    if let status { part.add("Container ID", status.containerID ?? "") }
    part.add("Image", container.image)
    if let status { part.add("Image ID", status.imageID) }
    func add(_ label: String, _ number: (ContainerPort) -> Int) {
      let ports = container.ports.map { "\(number($0))/\(($0.protocol ?? .tcp).rawValue)" }
      let all = ports.isEmpty ? Description.none : ports.joined(separator: ", ")
      part.add(ports.count > 1 ? label + "s" : label, all)
    }
    add("Port") { $0.containerPort }
    add("Host Port") { $0.hostPort ?? 0 }
    if let profile = container.securityContext?.seccompProfile {
      var file = Description()
      if let name = profile.localhostProfile { file.add("LocalhostProfile", name) }
      part.add("SeccompProfile", profile.type?.rawValue ?? "", inside: file)
    }
    return part
  }

  private func words(_ label: String, _ words: [String]) -> Description {
    var part = Description()
    guard !words.isEmpty else { return part }
    var all = Description()
    for line in words.flatMap({ $0.split(separator: "\n", omittingEmptySubsequences: false) }) {
      // What the container's own words have of tabs is theirs, not ours.
      all.addRow([String(line)])
    }
    part.add(label, all)
    return part
  }

  private var state: Description {
    var part = Description()
    guard let status else { return part }
    part.add(ContainerDescription.state("State", status.state, time))
    if status.lastState?.terminated != nil {
      part.add(ContainerDescription.state("Last State", status.lastState, time))
    }
    part.add("Ready", status.ready ? "True" : "False")
    part.add("Restart Count", "\(status.restartCount)")
    return part
  }

  private static func state(
    _ label: String, _ state: ContainerState?, _ time: LocalTime
  ) -> Description {
    var (word, inside) = ("Waiting", Description())
    if let running = state?.running {
      word = "Running"
      inside.add("Started", time.text(running.startedAt))
    } else if let waiting = state?.waiting {
      if let reason = waiting.reason, !reason.isEmpty { inside.add("Reason", reason) }
    } else if let end = state?.terminated {
      word = "Terminated"
      if let reason = end.reason, !reason.isEmpty { inside.add("Reason", reason) }
      if let message = end.message, !message.isEmpty { inside.add("Message", message) }
      inside.add("Exit Code", "\(end.exitCode)")
      if let signal = end.signal, signal > 0 { inside.add("Signal", "\(signal)") }
      inside.add("Started", time.text(end.startedAt))
      inside.add("Finished", time.text(end.finishedAt))
    }
    var part = Description()
    part.add(label, word, inside: inside)
    return part
  }

  private func amounts(_ label: String, _ amounts: [String: Quantity]) -> Description {
    var part = Description()
    guard !amounts.isEmpty else { return part }
    var all = Description()
    for (name, amount) in amounts.sorted(by: { $0.key < $1.key }) { all.add(name, amount.text) }
    part.add(label, all)
    return part
  }

  private var probes: Description {
    var part = Description()
    if let probe = container.livenessProbe { part.add("Liveness", probe.line) }
    if let probe = container.readinessProbe { part.add("Readiness", probe.line) }
    if let probe = container.startupProbe { part.add("Startup", probe.line) }
    return part
  }

  private var mounts: Description {
    var all = Description()
    for mount in container.volumeMounts.sorted(by: { $0.mountPath < $1.mountPath }) {
      var flags = mount.readOnly == true ? "ro" : "rw"
      if let path = mount.subPath, !path.isEmpty { flags += ",path=\"\(path)\"" }
      all.addRow(["\(mount.mountPath) from \(mount.name) (\(flags))"])
    }
    var part = Description()
    part.add("Mounts", all, orNone: true)
    guard !container.volumeDevices.isEmpty else { return part }
    var devices = Description()
    for device in container.volumeDevices.sorted(by: { $0.devicePath < $1.devicePath }) {
      devices.addRow(["\(device.devicePath) from \(device.name)"])
    }
    part.add("Devices", devices)
    return part
  }
}
