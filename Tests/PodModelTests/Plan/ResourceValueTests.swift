import PodModel
import Testing

@Suite("A resourceFieldRef stands for a number")
struct ResourceValueTests {
  private static let host = HostFacts(
    hostname: "node", kernel: "6.1.0", capacity: ["cpu": 4, "memory": 8 << 30])

  private func spec() -> PodSpec {
    func amounts(_ pairs: [String: String]) -> [String: Quantity] {
      pairs.compactMapValues { Quantity($0) }
    }
    return PodSpec().with {
      $0.containers = [
        Container().with {
          $0.name = "main"
          $0.resources = ResourceRequirements().with {
            $0.requests = amounts(["cpu": "250m", "memory": "32Mi"])
            $0.limits = amounts(["cpu": "1250m", "memory": "64Mi", "hugepages-2Mi": "4Mi"])
          }
        },
        Container().with { $0.name = "free" },
      ]
    }
  }

  private func value(
    _ resource: String, of name: String? = nil, by divisor: String? = nil, in spec: PodSpec
  ) throws -> String {
    let selector = ResourceFieldSelector().with {
      $0.resource = resource
      $0.containerName = name
      $0.divisor = divisor.flatMap { Quantity($0) }
    }
    return try spec.value(of: selector, for: spec.containers[0], host: Self.host)
  }

  @Test(arguments: [
    ("limits.cpu", nil, "2"), ("limits.memory", nil, "67108864"), ("requests.cpu", nil, "1"),
    ("requests.memory", nil, "33554432"), ("limits.cpu", "1m", "1250"),
    ("limits.cpu", "0", "2"), ("limits.memory", "1Mi", "64"), ("limits.memory", "1Gi", "1"),
    ("limits.memory", "1M", "68"), ("limits.hugepages-2Mi", nil, "4194304"),
    ("requests.cpu", "249m", "2"),
    ("requests.ephemeral-storage", nil, "0"),
  ])
  func `it is counted in whole units of the divisor, rounded up`(
    _ resource: String, _ divisor: String?, _ text: String
  ) throws {
    #expect(try value(resource, by: divisor, in: spec()) == text)
  }

  @Test func `a limit that nobody set is what the host has, a request nothing`() throws {
    #expect(try value("limits.cpu", of: "free", in: spec()) == "4")
    #expect(try value("limits.memory", of: "free", by: "1Gi", in: spec()) == "8")
    #expect(try value("requests.cpu", of: "free", in: spec()) == "0")
  }

  @Test func `a limit of the pod as a whole comes before the host's`() throws {
    let limited = spec().with {
      $0.resources = ResourceRequirements().with {
        $0.limits = ["memory": Quantity(1 << 30), "cpu": Quantity(3)]
      }
    }
    #expect(try value("limits.memory", of: "free", in: limited) == "1073741824")
    #expect(try value("limits.cpu", in: limited) == "2")
  }

  @Test func `there must be such a container and such a resource`() {
    #expect(throws: PlanError.self) { try value("limits.cpu", of: "nobody", in: spec()) }
    for resource in ["limits.disk", "cpu", "uses.cpu", "limits."] {
      #expect(throws: PlanError.self) { try value(resource, in: spec()) }
    }
  }
}
