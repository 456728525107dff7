import Glibc
import PodModel

/// The network of a pod: decided with its first sandbox, given to each, taken away with each.
extension Supervisor {
  /// Decides which network the pod has, and finds out what of it can be known without pause.
  func beginNetwork() throws {
    guard pod.spec.hostNetwork != true else { return }
    bridgeLock = nil
    var record = try network ?? chosenNetwork()
    record.names = Neighbour.names(of: pod)
    if record.mode == .cni {
      // Those of an earlier sandbox, or from before a reboot.
      record.addresses = []
      plan.addresses = Plan.addressesWithoutNetwork
    }
    if record.mode.isCarried {
      record.addresses = [UserNetwork.address]
      plan.resolverRelay = UserNetwork.resolver
    }
    if record.mode == .bridge {
      let claimed = try AddressClaim.make(paths)
      bridgeLock = claimed.lock
      record.bridge = BridgePlace(
        network: claimed.network, number: claimed.number,
        ports: try HostPorts.wanted(by: pod.spec))
      record.addresses = claimed.network.addresses(claimed.number)
    }
    try keep(record)
  }

  /// The pod's addresses are known, or it will have none.
  var isAddressed: Bool { network?.mode != .cni || network?.addresses.isEmpty == false }

  private func chosenNetwork() throws -> NetworkRecord {
    let choice = NetworkChoice(world)
    let (mode, reason) = try choice.choose()
    var record = NetworkRecord(mode: mode, reason: reason)
    record.configuration = choice.configuration
    return record
  }

  /// From now on, for as long as the pod lives.
  func doWithoutNetwork(_ reason: String) {
    clearAway()
    plan.addresses = Plan.addressesWithoutNetwork
    plan.resolverRelay = nil
    tidy("do without a network") {
      try keep(
        NetworkRecord(mode: .none, reason: "loopback and host ports alone: \(reason)"))
      try writeNames()
    }
  }

  /// Writes it down before anything of it is made, or after the last of it is gone.
  func keep(_ record: NetworkRecord) throws {
    // What it was reached at is shown after it is gone, too.
    if !record.addresses.isEmpty { plan.addresses = record.addresses }
    guard record != network else { return }
    try record.write(paths)
    network = record
  }

  /// What needs no pause: done while that is made. Answers nil, or why it failed.
  func prepareNetwork(then: @escaping (String?) -> Void) {
    if let place = network?.bridge {
      prepareBridge(place, then: then)
    } else {
      clearPlugins(then: then)
    }
  }

  /// What needs pause: loopback, host ports for those who listen behind them, and what joins the
  /// pod to others. Answers nil, or why it failed.
  func openNetwork(of pid: pid_t, run: Int, then: @escaping (String?) -> Void) {
    guard pod.spec.hostNetwork != true, let network else { return then(nil) }
    let done: (String?) -> Void = { [unowned self] failure in
      if failure == nil {
        reportNetwork()
        tellNeighbours()
      }
      then(failure)
    }
    do {
      try Loopback.bringUp(in: Namespace.path(pid: pid, kind: .net))
      try startForwarder(into: pid)
      if let place = network.bridge {
        try joinBridge(place, pid, then: done)
      } else if network.mode == .cni {
        try addPlugins(pid, run: run, then: done)
      } else if network.mode.isCarried {
        joinUserNetwork(network.mode, pid, then: done)
      } else {
        done(nil)
      }
    } catch {
      then("\(error)")
    }
  }

  private func reportNetwork() {
    guard let network else { return }
    let what =
      network.addresses.isEmpty
      ? network.reason
      : "\(LinkScript.interface) has \(network.addresses.joined(separator: ", ")) "
        + "(\(network.reason))"
    EventLog.append(
      Note(.normal, "NetworkReady", "Network mode \(network.mode.rawValue): \(what)"), to: paths)
    if network.mode != .cni { warnOfBandwidth("only a network of plugins can limit it") }
  }

  /// Of limits that the pod asks for and its network cannot keep.
  func warnOfBandwidth(_ reason: String) {
    for annotation in PluginWishes.bandwidthAnnotations
    where pod.metadata.annotations[annotation] != nil {
      let message = "Annotation \(annotation) has no effect: \(reason)"
      EventLog.append(Note(.warning, "NotGivenByHost", message), to: paths)
    }
  }

  /// Takes away what the pod was given; what cannot be taken away is said and passed over.
  func closeNetwork(then: @escaping () -> Void) {
    if network?.mode.isCarried == true { endUserNetwork() }
    if let place = network?.bridge {
      leaveBridge(place) { [unowned self] in
        forgetAttachment()
        then()
      }
    } else {
      deletePlugins { [unowned self] failure in
        if let failure {
          EventLog.append(
            Note(.warning, "FailedKillPod", "Failed to remove the network: \(failure)"), to: paths)
        } else {
          forgetAttachment()
        }
        then()
      }
    }
  }

  func forgetAttachment() {
    guard var record = network, record.isAttached else { return }
    (record.bridge, record.plugins, record.addresses) = (nil, nil, [])
    tidy("note that the network is gone") { try keep(record) }
    tellNeighbours()
  }
}
