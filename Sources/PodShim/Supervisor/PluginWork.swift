import Glibc
import PodModel

/// The plugins of a network, called one after the other: each sees what those before it have made.
/// Those of other pods are at work meanwhile, and nobody waits for them.
extension Supervisor {
  /// What an earlier sandbox left that could not be taken away, or that a reboot took from under
  /// the plugins' own records.
  func clearPlugins(then: @escaping (String?) -> Void) {
    guard network?.plugins != nil else { return then(nil) }
    deletePlugins { [unowned self] failure in
      if failure == nil { forgetAttachment() }
      then(failure)
    }
  }

  /// Writes down what is about to be made, gives the namespace a name, and has each plugin add its
  /// part.
  func addPlugins(_ pid: pid_t, run: Int, then: @escaping (String?) -> Void) throws {
    guard var record = network else { return then(nil) }
    let file = record.configuration ?? ""
    let attachment = try PluginAttachment(
      file, pod: pod, ports: try HostPorts.wanted(by: pod.spec),
      containerID: paths.containerID(Supervisor.pauseName, run: run))
    let configured = try attachment.network()
    record.plugins = attachment
    try keep(record)
    try NetworkNamespace.name(
      paths.networkNamespace, for: Namespace.path(pid: pid, kind: .net))
    if !configured.can("bandwidth") {
      warnOfBandwidth("no plugin of the network \(configured.name) has the capability bandwidth")
    }
    clearLeftovers()
    add(configured.plugins[...], of: configured, attachment, previous: nil, then: then)
  }

  private func add(
    _ plugins: ArraySlice<PluginNetwork.Plugin>, of network: PluginNetwork,
    _ attachment: PluginAttachment, previous: PluginResult?, then: @escaping (String?) -> Void
  ) {
    guard let plugin = plugins.first else {
      return added(attachment, previous, then: then)
    }
    let call = PluginCall(
      "ADD", plugin, of: network, attachment, at: paths.networkNamespace, previous: previous)
    run(call) { [unowned self] failure, output in
      if let failure { return then(failure) }
      do {
        let result = try PluginResult(output)
        try note(result)
        add(plugins.dropFirst(), of: network, attachment, previous: result, then: then)
      } catch {
        then("plugin type=\(plugin.type.quoted) failed (add): its answer cannot be read: \(error)")
      }
    }
  }

  /// Before the next plugin makes anything of it: from the result it will know what to take away.
  private func note(_ result: PluginResult) throws {
    guard var record = network else { return }
    record.plugins?.result = result.node.jsonText()
    try keep(record)
  }

  private func added(
    _ attachment: PluginAttachment, _ result: PluginResult?, then: (String?) -> Void
  ) {
    guard var record = network, let result, !result.addresses.isEmpty else {
      return then("the plugins of `\(attachment.file)` gave the pod no address")
    }
    do {
      record.addresses = result.addresses
      try keep(record)
      plan.networkResolver = result.resolver
      try writeNames()
      then(nil)
    } catch {
      then("\(error)")
    }
  }

  /// Has each plugin remove its part, also when others cannot; answers the first that could not.
  func deletePlugins(then: @escaping (String?) -> Void) {
    guard let attachment = network?.plugins else { return then(nil) }
    do {
      let place = NetworkNamespace.find(paths.networkNamespace) ?? ""
      let calls = try PluginCall.removals(attachment, at: place)
      runAll(calls[...], failure: nil) { [unowned self] failure in
        // Who tries again will need it.
        if failure == nil {
          tidy("remove the name of the network namespace") {
            try NetworkNamespace.forget(paths.networkNamespace)
          }
        }
        then(failure)
      }
    } catch {
      then("\(error)")
    }
  }

  /// What pods have left that are gone; nobody waits for it.
  private func clearLeftovers() {
    for leftover in PluginLeftover.all(paths.host) {
      tidy("remove the network of a pod that is gone") {
        runAll(try leftover.removals()[...], failure: nil) { [unowned self] failure in
          if let failure { return Diagnostics.report("a network is still not removed: \(failure)") }
          tidy("forget a network") { try leftover.forget() }
        }
      }
    }
  }

  /// A supervisor that comes back sees to it that the network is still what it was.
  func checkPlugins() {
    guard let attachment = network?.plugins else { return }
    tidy("check the network") {
      let place = NetworkNamespace.find(paths.networkNamespace) ?? ""
      let calls = try PluginCall.checks(attachment, at: place)
      runAll(calls[...], failure: nil) { [unowned self] failure in
        guard let failure else { return }
        EventLog.append(Note(.warning, "NetworkChanged", failure), to: paths)
      }
    }
  }

  private func runAll(
    _ calls: ArraySlice<PluginCall>, failure: String?, then: @escaping (String?) -> Void
  ) {
    guard let call = calls.first else { return then(failure) }
    run(call) { [unowned self] failed, _ in
      runAll(calls.dropFirst(), failure: failure ?? failed, then: then)
    }
  }

  private func run(_ call: PluginCall, then: @escaping (String?, [UInt8]) -> Void) {
    do {
      let program = try call.program()
      try run(program, input: call.input, within: PluginCall.patience, keeping: 1 << 20) { end in
        then(call.failure(end.status, output: end.output, errors: end.errors), end.output)
      }
    } catch {
      then("\(error)", [])
    }
  }
}
