import CLinux
import Glibc
import PodModel

/// Our own bridge, as one pod sees it: made with the first, left with each, taken away with the
/// last.
extension Supervisor {
  func prepareBridge(_ place: BridgePlace, then: @escaping (String?) -> Void) {
    let isNew = bridgeLock != nil
    let work = Rendezvous(of: 2) { [unowned self] failure in
      bridgeLock = nil
      guard let failure, isNew, world.wantedNetwork == .auto else { return then(failure) }
      doWithoutBridge(failure, then: then)
    }
    tidy("forward packets") { try HostNetwork.forward() }
    run(.links(.bridge(place.network, isThere: !isNew))) { work.arrive($0) }
    run(.rules(place.rules.text(opening: place.opening))) { [unowned self] failure in
      guard failure != nil else { return work.arrive() }
      renewRules(place) { work.arrive($0) }
    }
  }

  /// Something is in the way, of a pod that went without a word: the rules are made anew for those
  /// that are there.
  private func renewRules(_ place: BridgePlace, then: @escaping (String?) -> Void) {
    do {
      let openings = try AddressClaim.places(paths.host).map(\.opening)
      run(.rules(place.rules.text(renewedWith: openings)), then: then)
    } catch {
      then("\(error)")
    }
  }

  /// The kernel or the host's tools cannot do it, which only trying tells. Who did not ask for a
  /// bridge gets what there is without.
  private func doWithoutBridge(_ failure: String, then: @escaping (String?) -> Void) {
    closeNetwork { [unowned self] in
      doWithoutNetwork("no bridge: \(failure)")
      then(nil)
    }
  }

  func joinBridge(
    _ place: BridgePlace, _ pid: pid_t, then: @escaping (String?) -> Void
  ) throws(SyscallError) {
    let network = OwnedDescriptor(try Namespace.open(pid: pid, kind: .net))
    let peer = BridgePlace.peerName(uid: paths.uid)
    let script = LinkScript.pod(place.network, number: place.number, peer: peer, host: getpid())
    run(.links(script), in: network) { [unowned self] failure in
      if let failure { return then(failure) }
      do throws(SyscallError) {
        let bridge = place.network.bridge
        try checked("SIOCBRADDIF", "\(bridge): \(peer)") { linux_bridge_add(bridge, peer) }
        try checked("SIOCSIFFLAGS", peer) { linux_interface_up(-1, peer) }
        if !place.ports.isEmpty { turnBack(at: peer) }
        then(nil)
      } catch {
        then("\(error)")
      }
    }
  }

  /// Nobody waits for it: a pod that asks itself by way of the host is rare, and never the first.
  private func turnBack(at peer: String) {
    run(.links(.turningBack(at: peer))) { failure in
      if let failure { Diagnostics.report("a pod cannot reach its own host ports: \(failure)") }
    }
  }

  /// The pair of interfaces goes with the pod's network.
  func leaveBridge(_ place: BridgePlace, then: @escaping () -> Void) {
    // Nobody lets in whom he keeps out himself.
    bridgeLock = nil
    do {
      if let last = try AddressClaim.release(paths) { return removeBridge(last, then: then) }
    } catch {
      Diagnostics.report("cannot give the pod's addresses back: \(error)")
    }
    guard !place.ports.isEmpty else { return then() }
    run(.rules(place.rules.text(closing: place.opening))) { [unowned self] failure in
      guard failure != nil else { return then() }
      renewRules(place) { failure in
        if let failure { Diagnostics.report("cannot take the pod's host ports away: \(failure)") }
        then()
      }
    }
  }

  private func removeBridge(
    _ last: (bridge: String, lock: AddressClaim.Lock), then: @escaping () -> Void
  ) {
    let tools = BridgeRemoval.tools(last.bridge)
    let work = Rendezvous(of: tools.count) { [unowned self] failure in
      if let failure { Diagnostics.report("cannot take the bridge away: \(failure)") }
      tidy("forget the bridge") { try AddressClaim.forgetNetwork(paths.host) }
      // What comes next may be the end of the pod, which looks at the claims again.
      last.lock.release()
      then()
    }
    for tool in tools { run(tool) { work.arrive($0) } }
  }
}
