import PodModel
import Testing

@testable import PodShim

/// Changes of pods that are there: what a command line asks for, and how it is written down.
@Suite struct ChangeTests {
  private let scratch: LinuxScratch
  private let host: HostPaths

  init() throws {
    scratch = try LinuxScratch()
    host = HostPaths(
      root: scratch["root"], state: scratch["state"], environment: [:], isRoot: true)
  }

  private static let pod = Pod().with {
    $0.metadata.name = "web"
    $0.metadata.uid = "1"
    $0.spec.containers = [("main", "nginx:1"), ("side", "busybox")].map { name, image in
      Container().with {
        $0.name = name
        $0.image = image
      }
    }
    $0.spec.initContainers = [
      Container().with {
        $0.name = "first"
        $0.image = "busybox"
      }
    ]
  }.withDefaults()

  /// A pod of this world that has come to its end, so that nobody has to hear of a change.
  private func stored() throws -> StoredPod {
    let stored = StoredPod(pod: Self.pod, paths: host.pod(uid: "1"))
    try Files.makeDirectories(stored.paths.data)
    try Files.makeDirectories(stored.paths.state)
    try Files.writeText(Self.pod.node.jsonText(), to: stored.paths.manifest)
    var life = PodLife(LifeSpec(Self.pod))
    _ = life.handle(.deletionRequested(grace: .zero), at: .seconds(1))
    try #require(life.isFinished)
    try Snapshot(life: life).write(to: stored.paths.life)
    return stored
  }

  private func images(_ words: String...) throws -> (about: [String], images: PodImages) {
    let invocation = try ArgumentReader.read(["set", "image"] + words)
    return try PodImages.split(words, invocation)
  }

  @Test func `images are set by container name, in one pod or in several`() throws {
    let (about, images) = try images("pod/web", "main=nginx:2", "first=busybox:2")
    #expect(about == ["pod/web"])
    let changed = try images.set(in: Self.pod)
    #expect(changed.spec.containers.map(\.image) == ["nginx:2", "busybox"])
    #expect(changed.spec.initContainers.map(\.image) == ["busybox:2"])
    #expect(try self.images("pods", "web", "db", "*=a=b").about == ["pods", "web", "db"])
    let all = try self.images("po/web", "*=alpine").images.set(in: Self.pod)
    #expect((all.spec.containers + all.spec.initContainers).allSatisfy { $0.image == "alpine" })
  }

  @Test func `a container that is not there is said`() throws {
    let (_, images) = try images("pod/web", "mian=nginx:2")
    #expect(throws: CommandError("unable to find container named \"mian\"")) {
      try images.set(in: Self.pod)
    }
  }

  @Test(arguments: [
    ["pod/web"], ["main=nginx"], ["pod", "main=nginx"], ["pod/web", "main="], ["pod/web", "=x"],
    ["node/web", "main=nginx"],
  ])
  func `a line that names no pod or no image is refused`(_ words: [String]) throws {
    let invocation = try ArgumentReader.read(["set", "image"] + words)
    #expect(throws: UsageError.self) { try SetCommand.run(invocation) }
  }

  @Test func `a change is on disk when it was made`() throws {
    let stored = try stored()
    let update = try PodChange.make(stored) { pod in
      PodUpdate(of: pod, to: pod.with { $0.spec.containers[0].image = "nginx:2" })
    }
    #expect(update.isChange)
    let pod = try PodRecord.read(stored.paths)
    #expect(pod.spec.containers[0].image == "nginx:2")
    #expect(pod.metadata.generation == 2)
  }

  @Test func `a change for another version of the pod is refused`() throws {
    let stored = try stored()
    func label(_ value: String, of version: String?) throws {
      try PodChange.make(stored, of: version) { pod in
        PodUpdate(of: pod, to: pod.with { $0.metadata.labels["a"] = value })
      }
    }
    for value in ["1", "2", "2"] { try label(value, of: nil) }
    // The last one was no change.
    #expect(try PodRecord.read(stored.paths).metadata.resourceVersion == "2")
    try label("3", of: "2")
    #expect(
      throws: CommandError.refused(
        "Operation cannot be fulfilled on pods \"web\": the object has been modified; "
          + "please apply your changes to the latest version and try again")
    ) { try label("4", of: "2") }
    #expect(try PodRecord.read(stored.paths).metadata.labels == ["a": "3"])
  }

  @Test func `each change is made of what the last one left`() throws {
    let stored = try stored()
    for name in ["a", "b", "c"] {
      let container = EphemeralContainer().with {
        $0.common.name = name
        $0.common.image = "busybox"
      }
      try PodChange.make(stored) { PodUpdate(of: $0, adding: container) }
    }
    let pod = try PodRecord.read(stored.paths)
    #expect(pod.spec.ephemeralContainers.map(\.common.name) == ["a", "b", "c"])
  }

  @Test func `a change that is forbidden is not written, and says why`() throws {
    let stored = try stored()
    do {
      try PodChange.make(stored) { pod in
        PodUpdate(of: pod, to: pod.with { $0.spec.hostname = "other" })
      }
      Issue.record("it was taken")
    } catch {
      #expect("\(error)".hasPrefix("The Pod \"web\" is invalid: spec: Forbidden: "), "\(error)")
    }
    #expect(try PodRecord.read(stored.paths) == Self.pod)
  }

  @Test func `a pod that is being removed does not come back`() throws {
    let stored = try stored()
    try Files.writeText("", to: stored.paths.removed)
    #expect(throws: CommandError.notFound("web")) {
      try PodChange.make(stored) { pod in
        PodUpdate(of: pod, to: pod.with { $0.spec.containers[0].image = "nginx:2" })
      }
    }
    #expect(!Files.exists(stored.paths.manifest))
    try Files.removeTree(stored.paths.data)
    #expect(throws: CommandError.notFound("web")) {
      try PodChange.make(stored) { PodUpdate(of: $0, to: $0) }
    }
  }

  @Test func `a pod has its labels changed like any object`() throws {
    let stored = try stored()
    let world = ["--root", host.root, "--state", host.state]
    _ = try NameClaim.make(stored.paths, namespace: "default", name: "web")
    func label(_ words: String...) throws -> [String: String] {
      let invocation = try ArgumentReader.read(["label", "pod", "web"] + words + world)
      _ = try LabelCommand.run(invocation)
      return try PodRecord.read(stored.paths).metadata.labels
    }
    #expect(try label("app=web", "tier=front") == ["app": "web", "tier": "front"])
    #expect(try label("tier-", "app=shop", "--overwrite") == ["app": "shop"])
    #expect(throws: CommandErrors.self) { try label("app=web") }
    #expect(try PodRecord.read(stored.paths).metadata.generation == nil)
  }

  private func debug(_ words: String...) throws -> EphemeralContainer {
    try DebugCommand.container(ArgumentReader.read(["debug", "web"] + words))
  }

  @Test func `debug adds a container of the words of the command line`() throws {
    let plain = try debug("--image", "busybox")
    #expect(plain.common.name.hasPrefix("debugger-") && plain.common.name.count == 14)
    #expect(plain.common.stdin == nil && plain.common.command.isEmpty)
    let full = try debug(
      "-it", "--image=busybox", "--target", "main", "-c", "look", "--env", "A=b=c", "--", "sh",
      "-c",
      "id")
    #expect(full.common.name == "look" && full.targetContainerName == "main")
    #expect(full.common.stdin == true && full.common.tty == true)
    #expect(full.common.command == ["sh", "-c", "id"] && full.common.args.isEmpty)
    #expect(full.common.env.map(\.name) == ["A"] && full.common.env[0].value == "b=c")
    let words = try debug("--image", "busybox", "--arguments-only", "--", "id")
    #expect(words.common.args == ["id"] && words.common.command.isEmpty)
  }

  @Test(arguments: [[], ["--image", ""], ["--image", "a", "-t"]])
  func `debug wants an image, and a standard input for a terminal`(_ words: [String]) throws {
    let invocation = try ArgumentReader.read(["debug", "web"] + words)
    #expect(throws: UsageError.self) { try DebugCommand.container(invocation) }
  }
}
