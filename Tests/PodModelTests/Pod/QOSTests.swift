import PodModel
import Testing

/// The class that a pod's resources give it, as the kubelet computes it.
@Suite struct QOSTests {
  /// `cpu/memory` as requests and as limits; `-` for none.
  static func resources(_ requests: String, _ limits: String) -> ResourceRequirements {
    func amounts(_ text: String) -> [String: Quantity] {
      let pairs = zip(["cpu", "memory"], text.split(separator: "/").map(String.init))
      return Dictionary(
        uniqueKeysWithValues: pairs.compactMap { name, amount in
          Quantity(amount).map { (name, $0) }
        })
    }
    return ResourceRequirements().with {
      $0.requests = amounts(requests)
      $0.limits = amounts(limits)
    }
  }

  static func pod(_ containers: [(String, String)], initial: [(String, String)] = []) -> Pod {
    Pod().with {
      $0.spec.containers = containers.map { pair in
        Container().with { $0.resources = resources(pair.0, pair.1) }
      }
      $0.spec.initContainers = initial.map { pair in
        Container().with { $0.resources = resources(pair.0, pair.1) }
      }
    }
  }

  @Test(arguments: [
    ([("-/-", "-/-")], QOSClass.bestEffort),
    ([("0/0", "0/0")], .bestEffort),
    ([("-/-", "1/1Gi")], .guaranteed),
    ([("1/1Gi", "1/1Gi")], .guaranteed),
    ([("1000m/1024Mi", "1/1Gi")], .guaranteed),
    ([("500m/1Gi", "1/1Gi")], .burstable),
    ([("-/-", "1/-")], .burstable),
    ([("-/-", "-/1Gi")], .burstable),
    ([("1/-", "-/-")], .burstable),
    ([("1/1Gi", "1/1Gi"), ("2/8Gi", "2/8Gi")], .guaranteed),
    ([("1/1Gi", "1/1Gi"), ("-/-", "-/-")], .burstable),
    ([("-/4Ei", "1/4Ei"), ("-/8191Pi", "1/8191Pi")], .guaranteed),
    ([("1/4Ei", "1/4Ei"), ("1/4Pi", "1/5Pi")], .burstable),
  ])
  func `requests and limits of CPU and memory decide`(
    containers: [(String, String)], expected: QOSClass
  ) {
    #expect(Self.pod(containers).withDefaults().qosClass == expected)
  }

  @Test func `init containers count, other resources do not`() {
    let good = ("1/1Gi", "1/1Gi")
    #expect(Self.pod([good], initial: [good]).qosClass == .guaranteed)
    #expect(Self.pod([good], initial: [("-/-", "-/-")]).qosClass == .burstable)
    let disk = Self.pod([("-/-", "-/-")]).with {
      $0.spec.containers[0].resources?.limits["ephemeral-storage"] = Quantity("1Gi")
    }
    #expect(disk.qosClass == .bestEffort)
    #expect(Pod().qosClass == .bestEffort)
  }

  @Test func `where the pod has resources as a whole, only these count`() {
    let whole = Self.pod([("-/-", "-/-")]).with {
      $0.spec.resources = Self.resources("1/1Gi", "1/1Gi")
    }
    #expect(whole.qosClass == .guaranteed)
    let less = Self.pod([("1/1Gi", "1/1Gi")]).with {
      $0.spec.resources = Self.resources("1/-", "-/-")
    }
    #expect(less.qosClass == .burstable)
    let none = Self.pod([("1/1Gi", "1/1Gi")]).with { $0.spec.resources = ResourceRequirements() }
    #expect(none.qosClass == .guaranteed)
  }
}
