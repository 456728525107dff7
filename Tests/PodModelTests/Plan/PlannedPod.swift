@testable import OCISpec
@testable import PodModel

/// A pod as a manifest says it, planned for a host that is like any other.
enum PlannedPod {
  /// - Parameter spec: what stands below `spec:` in the manifest, with the indentation of a key of
  ///   its own.
  static func plan(
    metadata: String = "name: demo", spec: String = "", objects: ReferencedObjects = .init()
  ) throws -> Plan {
    let text = "metadata:\n  \(metadata.indented(2))\nspec:\n  \(spec.indented(2))\n"
    var pod = try Pod.stored(Array(text.utf8), file: "pod.yaml").withDefaults()
    pod.metadata.uid = "6c2f0d0e-8a57-4b1e-9a4d-0f5f3c1e7a21"
    var plan = Plan(
      pod: pod, host: HostFacts(hostname: "node", nodeName: "node-1", kernel: "6.1.0"),
      paths: PlanPaths(
        hosts: "/p/hosts", hostname: "/p/hostname", resolvConf: "/p/resolv.conf",
        sharedMemory: "/p/shm", cgroupParent: "/podshim-u", pauseRootfs: "/p/pause"))
    plan.objects = objects
    plan.hostAddresses = ["192.0.2.10", "2001:db8::10"]
    return plan
  }
}

extension String {
  fileprivate func indented(_ count: Int) -> String {
    split(separator: "\n", omittingEmptySubsequences: false)
      .joined(separator: "\n" + String(repeating: " ", count: count))
  }
}

extension ConfigMap {
  init(_ data: [String: String]) {
    self.init()
    self.data = data
  }
}

extension Secret {
  init(_ data: [String: String]) {
    self.init()
    self.data = data.mapValues { Base64(Array($0.utf8)) }
  }
}
