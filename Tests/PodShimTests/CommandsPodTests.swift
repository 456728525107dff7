import Glibc
import PodModel
import Testing

@testable import PodShim

@Suite("Names of pods")
struct CommandsNameTests {
  private let scratch: LinuxScratch
  private let host: HostPaths

  init() throws {
    scratch = try LinuxScratch()
    host = HostPaths(
      root: scratch["root"], state: scratch["state"], environment: [:], isRoot: true)
  }

  /// A pod's paths, with its data in place.
  private func paths(_ uid: String) throws -> PodPaths {
    let paths = host.pod(uid: uid)
    try Files.makeDirectories(paths.data)
    return paths
  }

  @Test func `a name belongs to one pod of a namespace`() throws {
    let (first, second) = (try paths("1"), try paths("2"))
    #expect(try NameClaim.make(first, namespace: "default", name: "web"))
    #expect(try !NameClaim.make(second, namespace: "default", name: "web"))
    #expect(try NameClaim.make(second, namespace: "other", name: "web"))
    #expect(try Files.readLink(host.nameLink(namespace: "default", name: "web")) == "1")
  }

  @Test func `the name of a pod that is gone is free`() throws {
    #expect(try NameClaim.make(paths("1"), namespace: "default", name: "web"))
    try Files.removeTree(host.pod(uid: "1").data)
    #expect(try NameClaim.make(paths("2"), namespace: "default", name: "web"))
  }

  @Test func `nobody gives up a name that is another's`() throws {
    let (first, second) = (try paths("1"), try paths("2"))
    #expect(try NameClaim.make(first, namespace: "default", name: "web"))
    try NameClaim.release(second, namespace: "default", name: "web")
    #expect(try !NameClaim.make(second, namespace: "default", name: "web"))
    try NameClaim.release(first, namespace: "default", name: "web")
    #expect(try NameClaim.make(second, namespace: "default", name: "web"))
  }

  @Test func `a random name keeps within what a name may be`() {
    let name = NewPod.name("web-")
    #expect(name.hasPrefix("web-") && name.count == 9)
    #expect(NewPod.name(String(repeating: "a", count: 100)).count == 63)
    #expect(NewPod.name("web-") != NewPod.name("web-"))
  }

  @Test func `a uid is a random UUID`() {
    let parts = NewPod.uuid().split(separator: "-")
    #expect(parts.map(\.count) == [8, 4, 4, 4, 12])
    #expect(parts[2].first == "4")
    #expect("89ab".contains(parts[3].first ?? " "))
    #expect(NewPod.uuid() != NewPod.uuid())
  }
}

@Suite("Keys that leave a terminal")
struct CommandsDetachTests {
  private func filter(_ pieces: [[UInt8]]) -> (through: [UInt8], leaves: Bool) {
    var keys = DetachKeys()
    var all: [UInt8] = []
    for piece in pieces {
      let (through, leaves) = keys.filter(piece)
      all += through
      if leaves { return (all, true) }
    }
    return (all, false)
  }

  @Test func `both keys leave, in one piece or in two`() {
    #expect(filter([[97, 0x10, 0x11, 98]]) == ([97], true))
    #expect(filter([[97, 0x10], [0x11, 98]]) == ([97], true))
  }

  @Test func `the first key alone comes through with what follows it`() {
    #expect(filter([[0x10, 97]]) == ([0x10, 97], false))
    #expect(filter([[0x10], [0x10, 97]]) == ([0x10, 0x10, 97], false))
    #expect(filter([[0x10, 0x10, 0x11]]) == ([0x10], true))
    #expect(filter([[0x11, 97]]) == ([0x11, 97], false))
  }
}

@Suite("The end of a pod in the foreground")
struct CommandsRunTests {
  /// The life of a pod whose containers `one` and `two` end with these codes, in this order.
  private func life(_ ends: [(String, Int32)]) -> PodLife {
    let containers = ["one", "two"].map {
      LifeSpec.ContainerSpec(name: $0, role: .app, image: "i")
    }
    var life = PodLife(
      LifeSpec(pod: "p", restartPolicy: .never, grace: .seconds(30), containers: containers))
    var time = Duration.seconds(1)
    func tell(_ event: Event) {
      time += .seconds(1)
      _ = life.handle(event, at: time)
    }
    tell(.begun)
    tell(.sandboxStarted(run: 0, addresses: []))
    for name in ["one", "two"] {
      tell(.created(Instance(name, 0), Identity(containerID: "c://\(name)_0", imageID: "i")))
    }
    for name in ["one", "two"] { tell(.started(Instance(name, 0))) }
    for (name, code) in ends {
      tell(.exited(Instance(name, 0), Exit(code: code, at: time)))
    }
    return life
  }

  @Test func `its exit status is that of the container that failed first`() {
    #expect(RunCommand.status(life([("one", 0), ("two", 0)])) == 0)
    #expect(RunCommand.status(life([("two", 3), ("one", 4)])) == 3)
    #expect(RunCommand.status(life([("one", 0), ("two", 137)])) == 137)
  }

  @Test func `a container has ended for good when nothing will start it again`() {
    #expect(!life([]).hasEndedForGood("one"))
    #expect(life([("one", 1)]).hasEndedForGood("one"))
    #expect(!life([("one", 1)]).hasEndedForGood("two"))
    #expect(life([]).hasEndedForGood("unknown"))
  }
}
