import Testing

@testable import PodModel

/// Containers that are added to a running pod to look inside.
@Suite struct EphemeralContainerTests {
  static func add(_ change: (inout EphemeralContainer) -> Void) throws -> PodUpdate {
    var container = EphemeralContainer()
    container.common.name = "look"
    container.common.image = "busybox:1"
    change(&container)
    return PodUpdate(of: try PodUpdateTests.stored(), adding: container)
  }

  @Test func `one is added with its defaults, and changes nothing else`() throws {
    let old = try PodUpdateTests.stored()
    let update = try Self.add {
      $0.targetContainerName = "web"
      $0.common.command = ["sh"]
      $0.common.stdin = true
      $0.common.tty = true
    }
    #expect(update.errors.isEmpty)
    #expect(update.isChange)
    #expect(update.newImages.isEmpty)
    #expect(update.pod.metadata.generation == 5)
    #expect(update.pod.spec.containers == old.spec.containers)
    let added = try #require(update.pod.spec.ephemeralContainers.first)
    #expect(added.common.imagePullPolicy == .ifNotPresent)
    #expect(added.common.terminationMessagePath == "/dev/termination-log")
    // A second one stands behind the first, under a name of its own.
    let second = PodUpdate(
      of: update.pod, adding: EphemeralContainer().with { $0.common = added.common })
    #expect(
      second.errors.map(\.description) == [
        "spec.ephemeralContainers[1].name: Duplicate value: \"look\""
      ])
  }

  @Test func `a pod with one is read back as it was stored`() throws {
    let pod = try Self.add { $0.targetContainerName = "log" }.pod
    let again = try Pod.stored(Array(pod.node.jsonText().utf8), file: "pod.json")
    #expect(again.node.jsonText() == pod.node.jsonText())
    #expect(again.spec.ephemeralContainers == pod.spec.ephemeralContainers)
    #expect(!PodUpdate(of: again, to: pod).isChange)
  }

  @Test func `a manifest that says nothing of one leaves it there`() throws {
    let pod = try Self.add { _ in }.pod
    let update = PodUpdate(of: pod, to: pod.with { $0.spec.ephemeralContainers = [] })
    #expect(update.errors.isEmpty && !update.isChange)
    let changed = PodUpdate(
      of: pod, to: pod.with { $0.spec.ephemeralContainers[0].common.image = "debian" })
    #expect(
      changed.errors.first?.message.contains(
        "spec.ephemeralContainers[0].image: was \"busybox:1\", is \"debian\"") == true)
  }

  struct Refusal: Sendable {
    var message: String
    var change: @Sendable (inout EphemeralContainer) -> Void

    init(_ message: String, _ change: @escaping @Sendable (inout EphemeralContainer) -> Void) {
      self.message = message
      self.change = change
    }
  }

  static let refusals = [
    Refusal("name: Required value") { $0.common.name = "" },
    Refusal("name: Invalid value: \"Look\"") { $0.common.name = "Look" },
    Refusal("name: Duplicate value: \"prepare\"") { $0.common.name = "prepare" },
    Refusal("image: Required value") { $0.common.image = "" },
    Refusal("targetContainerName: Not found: \"wep\" (did you mean \"web\"?)") {
      $0.targetContainerName = "wep"
    },
    Refusal("ports: \(never)") { $0.common.ports = [ContainerPort()] },
    Refusal("livenessProbe: \(never)") { $0.common.livenessProbe = Probe() },
    Refusal("readinessProbe: \(never)") { $0.common.readinessProbe = Probe() },
    Refusal("startupProbe: \(never)") { $0.common.startupProbe = Probe() },
    Refusal("lifecycle: \(never)") { $0.common.lifecycle = Lifecycle() },
    Refusal("resources: \(never)") {
      $0.common.resources = ResourceRequirements().with { $0.limits["cpu"] = Quantity(1) }
    },
    Refusal("restartPolicy: \(never)") { $0.common.restartPolicy = .always },
    Refusal("restartPolicyRules: \(never)") {
      $0.common.restartPolicyRules = [ContainerRestartRule()]
    },
    Refusal("volumeMounts[0].subPath: \(never)") {
      $0.common.volumeMounts = [VolumeMount().with { $0.subPath = "x" }]
    },
    Refusal("volumeMounts[0].name: Not found: \"data\"") {
      $0.common.volumeMounts = [
        VolumeMount().with {
          $0.name = "data"
          $0.mountPath = "/data"
        }
      ]
    },
  ]

  @Test(arguments: refusals) func `what a pod cannot take is refused`(_ refusal: Refusal) throws {
    let errors = try Self.add(refusal.change).errors.map(\.description)
    let expected = "spec.ephemeralContainers[0].\(refusal.message)"
    #expect(errors.contains { $0.hasPrefix(expected) }, "\(errors)")
  }

  static let never = "Forbidden: cannot be set for an Ephemeral Container"
}
