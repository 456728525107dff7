import Testing

@testable import PodModel

/// What may change of a pod that is there, and what is said about anything else.
@Suite struct PodUpdateTests {
  /// A pod as it is stored: with defaults, and with the server's marks.
  static func stored() throws -> Pod {
    let manifest = Manifest.read(
      text: """
        apiVersion: v1
        kind: Pod
        metadata: {name: web, labels: {app: web}}
        spec:
          hostname: old
          terminationGracePeriodSeconds: 5
          tolerations: [{key: a, operator: Exists, effect: NoExecute, tolerationSeconds: 3}]
          initContainers: [{name: prepare, image: "busybox:1"}]
          containers:
          - {name: web, image: "nginx:1", args: [-g, daemon off;]}
          - {name: log, image: "busybox:1"}
        """, file: "f")
    guard let pod = manifest.pods.first else { throw NoPod() }
    return pod.with {
      $0.metadata.uid = "u-1"
      $0.metadata.generation = 4
      $0.metadata.creationTimestamp = "2026-11-21T09:00:00Z"
      $0.spec.nodeName = "here"
      $0.status = PodStatus().with { $0.phase = .running }
    }
  }

  struct NoPod: Error {}

  static func update(_ change: (inout Pod) -> Void) throws -> PodUpdate {
    let old = try stored()
    return PodUpdate(of: old, to: old.with(change))
  }

  static let onlyThese =
    "spec: Forbidden: pod updates may not change fields other than `spec.containers[*].image`,"
    + "`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only "
    + "additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be "
    + "set to 1 if it was previously negative)"

  @Test func `the same manifest changes nothing`() throws {
    let old = try Self.stored()
    // As a manifest has it: without the marks of the server.
    let new = old.with {
      $0.metadata = ObjectMeta().with {
        $0.name = "web"
        $0.labels = ["app": "web"]
      }
      $0.spec.nodeName = nil
      $0.status = nil
    }
    let update = PodUpdate(of: old, to: new)
    #expect(update.errors.isEmpty)
    #expect(!update.isChange)
    #expect(update.pod == old)
    #expect(update.newImages.isEmpty)
  }

  @Test func `a new image is taken, and named`() throws {
    let update = try Self.update {
      $0.spec.containers[1].image = "busybox:2"
      $0.spec.initContainers[0].image = "busybox:2"
    }
    #expect(update.errors.isEmpty)
    #expect(update.isChange)
    #expect(update.newImages == ["prepare", "log"])
    #expect(update.pod.spec.containers.map(\.image) == ["nginx:1", "busybox:2"])
    #expect(update.pod.metadata.generation == 5)
    #expect(update.pod.metadata.uid == "u-1")
    #expect(update.pod.status?.phase == .running)
  }

  @Test func `the pull policy that only follows the new tag does not change`() throws {
    let update = try Self.update {
      $0.spec.containers[0].image = "nginx:latest"
      $0.spec.containers[0].imagePullPolicy = .always
    }
    #expect(update.errors.isEmpty)
    #expect(update.pod.spec.containers[0].imagePullPolicy == .ifNotPresent)
    let meant = try Self.update {
      $0.spec.containers[0].image = "nginx:latest"
      $0.spec.containers[0].imagePullPolicy = .never
    }
    #expect(
      meant.errors.map(\.description) == [
        Self.onlyThese
          + "\n  spec.containers[0].imagePullPolicy: was \"IfNotPresent\", is \"Never\""
      ])
  }

  @Test func `labels and annotations may change, and count as no new spec`() throws {
    let update = try Self.update {
      $0.metadata.labels = ["tier": "front"]
      $0.metadata.annotations = ["note": "x"]
    }
    #expect(update.errors.isEmpty)
    #expect(update.isChange)
    #expect(update.pod.metadata.labels == ["tier": "front"])
    #expect(update.pod.metadata.annotations == ["note": "x"])
    #expect(update.pod.metadata.generation == 4)
    let bad = try Self.update { $0.metadata.labels = ["a b": "c"] }
    #expect(bad.errors.first?.path == "metadata.labels[a b]")
  }

  @Test(
    arguments: [
      (nil, 60, nil), (60, 60, nil), (60, 1, nil),
      (60, 61, "Invalid value: 61: must be less than or equal to previous value"),
      (60, 0, "Invalid value: 0: must be between 1 and 2147483647, inclusive"),
      (60, nil, "Invalid value: null: must not update from a positive integer to nil value"),
    ] as [(Int?, Int?, String?)])
  func `a deadline may be set and come nearer`(before: Int?, after: Int?, message: String?) throws {
    let old = try Self.stored().with { $0.spec.activeDeadlineSeconds = before }
    let update = PodUpdate(of: old, to: old.with { $0.spec.activeDeadlineSeconds = after })
    let expected = message.map { ["spec.activeDeadlineSeconds: \($0)"] } ?? []
    #expect(update.errors.map(\.description) == expected)
    if message == nil { #expect(update.pod.spec.activeDeadlineSeconds == after) }
  }

  @Test func `tolerations may be added, not taken away`() throws {
    func toleration(_ key: String, _ seconds: Int) -> Toleration {
      Toleration().with {
        $0.key = key
        $0.operator = "Exists"
        $0.effect = "NoExecute"
        $0.tolerationSeconds = seconds
      }
    }
    let more = try Self.update { $0.spec.tolerations = [toleration("b", 1), toleration("a", 9)] }
    #expect(more.errors.isEmpty)
    #expect(more.pod.spec.tolerations.count == 2)
    let other = try Self.update { $0.spec.tolerations = [toleration("b", 3)] }
    #expect(
      other.errors.map(\.description) == [
        "spec.tolerations: Forbidden: existing toleration can not be modified except its "
          + "tolerationSeconds"
      ])
  }

  @Test func `a grace period changes only from below zero to one`() throws {
    let old = try Self.stored().with { $0.spec.terminationGracePeriodSeconds = -3 }
    let mended = PodUpdate(of: old, to: old.with { $0.spec.terminationGracePeriodSeconds = 1 })
    #expect(mended.errors.isEmpty)
    #expect(mended.pod.spec.terminationGracePeriodSeconds == 1)
    let other = try Self.update { $0.spec.terminationGracePeriodSeconds = 1 }
    #expect(
      other.errors.map(\.description) == [
        Self.onlyThese + "\n  spec.terminationGracePeriodSeconds: was 5, is 1"
      ])
  }

  @Test func `everything else is refused, with each place that differs`() throws {
    let update = try Self.update {
      $0.spec.hostname = nil
      $0.spec.nodeName = "there"
      $0.spec.containers[0].args = ["-g", "daemon on;", "-q"]
      $0.spec.containers[1].image = "busybox:2"
      $0.spec.containers[1].livenessProbe = Probe().with {
        $0.exec = ExecAction()
        $0.exec?.command = ["true"]
      }
    }
    #expect(
      update.errors.map(\.description) == [
        Self.onlyThese
          + "\n  spec.containers[0].args[1]: was \"daemon off;\", is \"daemon on;\""
          + "\n  spec.containers[0].args[2]: was not set, is \"-q\""
          + "\n  spec.containers[1].livenessProbe: was not set, is "
          + "{ \"exec\": { \"command\": [ \"true\" ] } }"
          + "\n  spec.hostname: was \"old\", is not set"
          + "\n  spec.nodeName: was \"here\", is \"there\""
      ])
  }

  @Test func `containers do not come or go`() throws {
    let fewer = try Self.update { $0.spec.containers.removeLast() }
    #expect(
      fewer.errors.map(\.description) == [
        "spec.containers: Forbidden: pod updates may not add or remove containers"
      ])
    let more = try Self.update {
      $0.spec.initContainers.append(
        Container().with {
          $0.name = "more"
          $0.image = "busybox"
        })
    }
    #expect(
      more.errors.map(\.description) == [
        "spec.initContainers: Forbidden: pod updates may not add or remove containers"
      ])
  }

  @Test func `a pod stays the one that it is`() throws {
    let update = try Self.update { $0.metadata.uid = "u-2" }
    #expect(
      update.errors.map(\.description) == [
        "metadata.uid: Invalid value: \"u-2\": field is immutable"
      ])
    let bad = try Self.update { $0.spec.containers[0].image = " nginx" }
    #expect(
      bad.errors.map(\.description) == [
        "spec.containers[0].image: Invalid value: \" nginx\": must not have leading or trailing "
          + "whitespace"
      ])
  }
}
