import Glibc
import PodModel

/// The pod's ports on the host, and the process that carries what comes in through them.
extension Supervisor {
  /// Takes the ports; they wait for the forwarder with their backlog.
  func bindHostPorts() throws {
    if forwarder == nil { hostPorts = try HostPorts.bind(HostPorts.wanted(by: pod.spec)) }
  }

  func startForwarder(into pid: pid_t) throws {
    guard !hostPorts.isEmpty else { return }
    let started = try Forwarder.start(
      hostPorts, of: "\(pod.metadata.place)/\(pod.metadata.name)", into: pid, recordIn: paths.state,
      at: Int(processes.position))
    hostPorts = []
    try watch(started, into: pid)
  }

  /// A forwarder that ends unasked is replaced; its connections are lost with it.
  private func watch(_ started: Companion, into pid: pid_t) throws {
    forwarder = started
    try loop.watch(started.pidfd, .readable) { [unowned self] _ in
      loop.unwatch(started.pidfd)
      started.reap()
      forwarder = nil
      guard pause?.pid == pid else { return }
      Diagnostics.report("the forwarder has ended: starting another")
      tidy("forward host ports") {
        try bindHostPorts()
        try startForwarder(into: pid)
      }
    }
  }

  func stopForwarder() {
    hostPorts = []
    if let forwarder { loop.unwatch(forwarder.pidfd) }
    forwarder?.reap()
    forwarder = nil
    // One that an earlier supervisor started may have outlived its pause.
    tidy("end the forwarder") { try Companion.end(.forwarder, in: paths.state) }
  }

  /// The one that an earlier supervisor started; a new one when it is gone.
  func findForwarder() {
    guard let pause, pod.spec.hostNetwork != true else { return }
    tidy("find the forwarder") {
      if let found = Companion.find(.forwarder, in: paths.state, of: pause.pid) {
        try watch(found, into: pause.pid)
      } else {
        try bindHostPorts()
        try startForwarder(into: pause.pid)
      }
    }
  }
}
