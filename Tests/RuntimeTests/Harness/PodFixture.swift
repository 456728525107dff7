import Glibc
import PodModel
import Synchronization
import Testing

@testable import PodShim

/// One test's world: its own `--root` and `--state`, driven through the built program alone.
///
/// `with` makes the world and takes it away again, whatever becomes of the test: what was begun
/// last is ended first, and nothing is ended that this world did not start. A test that fails is
/// followed by all that the world knows: commands, events, logs.
///
/// Tests wait for what they can see, each time with a deadline, and never for time to pass.
final class PodFixture {
  let runtime: RuntimeKind
  let host: TestHost
  let folder: String
  /// The namespaces that the commands of this world run in.
  let namespaces: [CInt]
  let failure = FailureNote()
  /// The host's network where pods may change it; nil is the real one, which they leave alone.
  let network: TestNetwork?
  /// What the commands of this world have in their environment besides, each `NAME=value`.
  var environment: [String] = []
  /// Who gives the commands; nil is root.
  var user: TestUser?
  /// Whether pods ask registries. Most tests load their images by hand.
  var pull = PullMode.missing
  /// The last commands, with their answers.
  var history: [String] = []
  /// Every pod that there has been.
  var uids: Set<String> = []
  /// Namespaces of pods, as `/proc/<pid>/ns` names them.
  var seenNamespaces: [String: OwnedDescriptor] = [:]
  private var cleanups: [() throws -> Void] = []

  var root: String { folder + "/root" }
  var state: String { folder + "/state" }

  /// Runs `body` in a new world.
  ///
  /// - Parameters:
  ///   - preparation: a command for the shell that changes mounts, in a namespace where only worlds
  ///     with this command see it.
  ///   - place: a path, below which the world lies.
  ///   - network: where the commands run, in place of the real host's network.
  static func with(
    _ runtime: RuntimeKind, images: [String] = ["busybox"], preparation: String? = nil,
    below place: String? = nil, network: TestNetwork? = nil,
    _ body: (PodFixture) throws -> Void
  ) throws {
    let host = try TestHost.shared.get()
    for image in images { try host.need(image) }
    let world = try PodFixture(
      runtime, host: host, preparation: preparation, place: place, network: network)
    try FailureNote.$current.withValue(world.failure) {
      defer { world.end() }
      do {
        try body(world)
      } catch {
        world.failure.write()
        throw error
      }
    }
  }

  private init(
    _ runtime: RuntimeKind, host: TestHost, preparation: String?, place: String?,
    network: TestNetwork?
  ) throws {
    self.runtime = runtime
    self.host = host
    let scripts = [runtime.preparation, preparation].compactMap { $0 }
    self.network = network
    namespaces =
      try host.namespaces(preparedBy: scripts.isEmpty ? nil : scripts.joined(separator: " && "))
      + (network.map { [$0.host.raw] } ?? [])
    environment = ["PODSHIM_NETWORK=\(network == nil ? "none" : "bridge")"]
    folder = try host.makeWorld(below: place)
  }

  /// Gives the world a store of images of its own, with none in it, and lets its pods ask
  /// registries as they say.
  func beginWithoutImages() throws {
    for name in ["images", "layers"] { try Files.remove("\(root)/\(name)") }
    pull = .policy
  }

  /// Has `work` done when the test is over, before what was asked for earlier.
  func atEnd(_ work: @escaping () throws -> Void) { cleanups.append(work) }

  private func end() {
    if failure.isWritten { report() }
    while let work = cleanups.popLast() {
      do { try work() } catch { Issue.record(error, "clean-up") }
    }
    do {
      try noteUIDs()
      var sweep = Program(TestHost.sweep, [TestHost.sweep, folder])
      sweep.namespaces = namespaces
      let result = try sweep.run(timeout: .seconds(20))
      if !result.succeeded { Issue.record("clean-up: \(result.errorText)") }
    } catch {
      Issue.record(error, "clean-up")
    }
  }

  /// Pods are known by the folders that they have while they are there; the sweep, which may come
  /// when these are gone, finds them in a file.
  func noteUIDs() throws {
    let before = uids
    for folder in ["\(root)/pods", "\(state)/pods"] {
      uids.formUnion((try? Files.list(folder)) ?? [])
    }
    guard uids != before else { return }
    try Files.writeText(uids.map { $0 + "\n" }.joined(), to: folder + "/uids")
  }
}

/// Whether anything went wrong in a test, be it thrown or only noted by `#expect`.
final class FailureNote: Sendable {
  @TaskLocal static var current: FailureNote?

  private let written = Mutex(false)

  var isWritten: Bool { written.withLock { $0 } }
  func write() { written.withLock { $0 = true } }
}
