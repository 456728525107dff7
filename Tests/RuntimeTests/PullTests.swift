import Glibc
import OCISpec
import PodModel
import Testing

@testable import PodShim

/// Each world has a registry and an empty store of its own. Who is slow is a registry that was
/// stopped, so that nothing here depends on how fast anything is.
extension Pods {
  @Suite("Images are pulled from a registry when a pod wants them")
  struct PullTests {
    static func with(
      _ runtime: RuntimeKind, images: [String] = ["busybox"], isPrivate: Bool = false,
      _ body: (PodFixture, TestRegistry) throws -> Void
    ) throws {
      try PodFixture.with(runtime, images: []) { world in
        try world.beginWithoutImages()
        try body(world, try TestRegistry(in: world, with: images, isPrivate: isPrivate))
      }
    }

    /// A pod of one container that goes on.
    static func pod(_ image: String, _ more: String = "", pod: String = "") -> String {
      """
      \(pod)
      terminationGracePeriodSeconds: 2
      containers:
      - {name: main, image: "\(image)", command: [sh, -c, "\(Spec.idle)"], \(more)}
      """
    }

    @Test("A pod's images come from the registry, that of a volume too", arguments: RuntimeKind.all)
    func pulled(runtime: RuntimeKind) throws {
      try Self.with(runtime) { world, registry in
        let platforms = [Platform(architecture: "s390x", os: "linux"), .ours]
        let digest = try registry.pushIndex(
          platforms, of: world.host.layout("busybox"), as: "library/tools:1")
        try world.create(
          Self.pod(
            "busybox", "volumeMounts: [{name: tools, mountPath: /tools}]",
            pod: "volumes: [{name: tools, image: {reference: \"tools:1\"}}]"))
        try world.waitUntilRunning()
        #expect(try world.exec(in: "main", "ls", "/tools/bin/busybox") == "/tools/bin/busybox\n")
        let events = try world.events().joined(separator: "\n")
        for image in ["busybox", "tools:1"] {
          #expect(events.contains("Pulling image \\\"\(image)\\\""), "\(events)")
          #expect(events.contains("Successfully pulled image \\\"\(image)\\\" in "), "\(events)")
        }
        let imageID = try world.container("main").imageID
        #expect(imageID.hasPrefix("docker.io/library/busybox@sha256:"))
        // By its digest the other is here for everybody, also when nobody can be asked.
        try registry.end()
        let name = "tools@\(digest)"
        try world.create(Self.pod(name, "imagePullPolicy: Always"), named: "second")
        try world.waitUntilRunning("second")
        #expect(
          try world.container("main", of: "second").imageID == "docker.io/library/\(name)")
        try world.podshim("delete", "pod", "pod", "second")
        try world.expectNoTraces()
      }
    }

    @Test(
      "Always means that a registry is asked, IfNotPresent that it is not",
      arguments: RuntimeKind.all)
    func policies(runtime: RuntimeKind) throws {
      try Self.with(runtime) { world, registry in
        try world.podshim("pull", "busybox")
        try registry.end()
        try world.create(
          """
          terminationGracePeriodSeconds: 2
          containers:
          - {name: always, image: busybox, command: [sh, -c, "\(Spec.idle)"]}
          - name: present
            image: busybox
            imagePullPolicy: IfNotPresent
            command: [sh, -c, "\(Spec.idle)"]
          """)
        let waiting = try world.wait(untilWaiting: "ErrImagePull", "always")
        #expect(waiting.message?.contains("connection refused") == true)
        try world.wait(for: "`present` to run") {
          try world.container("present").state?.running != nil
        }
        // The word of the host's owner comes before the manifest's.
        world.pull = .missing
        try world.create(Self.pod("busybox"), named: "missing")
        try world.waitUntilRunning("missing")
        world.pull = .never
        try world.create(Self.pod("tools", "imagePullPolicy: Always"), named: "never")
        _ = try world.wait(untilWaiting: "ErrImageNeverPull", of: "never")
      }
    }

    @Test("A private image wants credentials, and a Secret has them", arguments: RuntimeKind.all)
    func secrets(runtime: RuntimeKind) throws {
      try Self.with(runtime, isPrivate: true) { world, registry in
        let image = "\(registry.name)/library/busybox"
        try world.create(Self.pod(image), named: "without")
        let refused = try world.wait(untilWaiting: "ErrImagePull", of: "without")
        #expect(refused.message?.contains("authentication required") == true)

        try world.create(secret: "mine", for: registry.name)
        try world.create(
          Self.pod(image, pod: "imagePullSecrets: [{name: absent}, {name: mine}]"), named: "with")
        try world.waitUntilRunning("with")
        #expect(
          try world.events(of: "with").contains {
            $0.contains("FailedToRetrieveImagePullSecret") && $0.contains("(absent)")
          })
        try world.podshim(
          ["create", "-f", "-"],
          input: """
            apiVersion: v1
            kind: ServiceAccount
            metadata: {name: robot}
            imagePullSecrets: [{name: mine}]
            """)
        try world.create(Self.pod(image, pod: "serviceAccountName: robot"), named: "robot")
        try world.waitUntilRunning("robot")
      }
    }

    @Test("Another image runs as pause, and is in use for as long", arguments: RuntimeKind.all)
    func infra(runtime: RuntimeKind) throws {
      try Self.with(runtime) { world, registry in
        try registry.push(
          running: ["/bin/sleep", "10000"], of: world.host.layout("busybox"), as: "library/infra:1")
        world.environment.append("PODSHIM_INFRA_IMAGE=infra:1")
        try world.create(Self.pod("busybox"))
        try world.waitUntilRunning()
        let pause = try world.pause()
        let command = ["/bin/sleep", "10000"]
        #expect(pause.arguments == command)
        #expect(try world.process().namespace(.ipc) == pause.namespace(.ipc))
        let refused = try world.run(["rmi", "infra:1"])
        #expect(refused.errorText.contains("image `infra:1` is in use by a pod"))
        let pruned = try world.podshim("image", "prune", "--all")
        #expect(pruned == "Total reclaimed space: 0B\n")
        // The next one is of the same image, though nobody says so any more.
        world.environment.removeAll { $0.hasPrefix("PODSHIM_INFRA_IMAGE") }
        try pause.signal(SIGKILL)
        try world.wait(for: "the next pause") { (try? world.pause()).map { $0 != pause } ?? false }
        #expect(try world.pause().arguments == command)
        try world.waitUntilRunning()
        try world.podshim("delete", "pod", "pod")
        #expect(try world.podshim("image", "prune", "--all").contains("infra:1"))
        try registry.end()
        try world.expectNoTraces()
      }
    }

    @Test(
      "A supervisor that is killed in the middle of a pull loses nothing",
      arguments: RuntimeKind.all)
    func killed(runtime: RuntimeKind) throws {
      try Self.with(runtime) { world, registry in
        try registry.halt()
        try world.create(Self.pod("busybox"))
        try world.wait(untilReported: ["Pulling"])
        let first = try world.killSupervisor()
        try world.wait(for: "the next supervisor") {
          (try? world.supervisor()).map { $0 != first } ?? false
        }
        try registry.goOn()
        try world.waitUntilRunning()
        #expect(try world.container("main").restartCount == 0)
      }
    }

    @Test("A pod that is deleted in the middle of a pull goes at once", arguments: RuntimeKind.all)
    func deleted(runtime: RuntimeKind) throws {
      try Self.with(runtime) { world, registry in
        try registry.halt()
        try world.create(Self.pod("busybox"))
        try world.wait(untilReported: ["Pulling"])
        try world.wait(for: "skopeo") { try !world.pulling.isEmpty }
        try world.podshim("delete", "pod", "pod")
        #expect(try world.pulling.isEmpty)
        try registry.end()
        try world.expectNoTraces()
      }
    }

    @Test("Another image ends the pull of the first", arguments: RuntimeKind.all)
    func updated(runtime: RuntimeKind) throws {
      try Self.with(runtime) { world, registry in
        try world.podshim("pull", "busybox")
        try registry.halt()
        try world.create(Self.pod("tools:1"))
        try world.wait(untilReported: ["Pulling"])
        let digest = try world.digest(of: "busybox")
        try world.podshim("set", "image", "pod/pod", "main=busybox@\(digest)")
        try world.waitUntilRunning()
        try registry.goOn()
      }
    }
  }
}

extension PodFixture {
  /// What `docker login` would have kept.
  fileprivate func create(secret name: String, for registry: String) throws {
    let auth = Base64(Array("tester:secret".utf8)).text
    let file = Base64(Array("{\"auths\":{\"\(registry)\":{\"auth\":\"\(auth)\"}}}".utf8)).text
    try podshim(
      ["create", "-f", "-"],
      input: """
        apiVersion: v1
        kind: Secret
        metadata: {name: \(name)}
        type: kubernetes.io/dockerconfigjson
        data: {.dockerconfigjson: \(file)}
        """)
  }

  /// What the registry has under that name, by what the store keeps.
  fileprivate func digest(of name: String) throws -> Digest {
    let image = try ImageStore(root: root).find(ImageReference(name))
    return try #require(image?.registryDigest)
  }
}
