import Glibc
import OCISpec
import PodModel
import Testing

@testable import PodShim

/// The command alone, without pods; so one runtime is as good as the other.
extension Pods {
  @Suite("podshim pull brings images, and nothing but whole ones")
  struct PullCommandTests {
    private func with(
      _ images: [String] = ["busybox"], _ body: (PodFixture, TestRegistry) throws -> Void
    ) throws {
      try PullTests.with(.runc, images: images, body)
    }

    @Test("Several images come side by side, and a second time nothing has to come")
    func several() throws {
      try with(["busybox", "alpine"]) { world, registry in
        try registry.halt()
        let command = try Dialogue(world.program(["pull", "busybox", "alpine", "busybox:latest"]))
        try world.wait(for: "two pulls") { try world.pulling.count == 2 }
        try registry.goOn()
        #expect(try command.end() == .exited(0), "\(command.text)")
        for name in ["busybox", "alpine"] {
          #expect(command.text.contains("docker.io/library/\(name):latest: pulled in "))
        }
        let again = try world.podshim("pull", "alpine")
        #expect(again.contains("docker.io/library/alpine:latest: up to date (sha256:"))
        let images = try world.podshim("images")
        #expect(images.split(separator: "\n").count == 3, "\(images)")
        #expect(try world.leftovers.isEmpty)
      }
    }

    @Test("What is for other platforms, broken or absent is refused, and the rest comes")
    func refused() throws {
      try with { world, registry in
        let foreign = [Platform(architecture: "s390x", os: "linux")]
        let layout = world.host.layout("busybox")
        _ = try registry.pushIndex(foreign, of: layout, as: "library/foreign:1")
        let images = ["foreign:1", "absent", "busybox"]
        let result = try world.run(["pull"] + images)
        #expect(result.status == .exited(1))
        #expect(
          result.errorText.contains(
            "has no image for linux/\(Platform.ours.architecture); it has: linux/s390x"))
        #expect(result.errorText.contains("manifest unknown"), "\(result.errorText)")
        #expect(result.outputText.contains("docker.io/library/busybox:latest: pulled in "))
      }
    }

    @Test("A blob that is not what its digest says is not taken", arguments: ["manifest", "layer"])
    func broken(part: String) throws {
      try with { world, registry in
        let layout = LayoutDirectory(path: world.host.layout("busybox"))
        let manifest = try Digest(layout.index().manifests[0].digest)
        let digest =
          part == "manifest" ? manifest : try Digest(layout.manifest(manifest).layers[0].digest)
        try registry.push("oci:\(layout.path)", as: "library/broken:1")
        var bytes = try Files.read(registry.blob(digest))
        let whole = bytes
        // As long as it was, and JSON as it was.
        bytes[bytes.count / 2] ^= 1
        try Files.write(bytes, to: registry.blob(digest))
        let result = try world.run(["pull", "broken:1"])
        #expect(result.status == .exited(1))
        #expect(try world.podshim("images").split(separator: "\n").count == 1)
        try Files.write(whole, to: registry.blob(digest))
        try world.podshim("pull", "broken:1")
        #expect(try world.leftovers.isEmpty)
      }
    }

    @Test("Killed in the middle of a layer it is gone on with, and a terminal shows a bar for each")
    func killed() throws {
      try with(["nginx"]) { world, registry in
        let command = try Dialogue(world.program(["pull", "nginx"]))
        try world.wait(for: "a part of a layer") { try !world.parts.isEmpty }
        try registry.halt()
        let pulling = try world.pulling
        try command.signal(SIGKILL)
        try world.wait(for: "all of it to end") { pulling.allSatisfy { !$0.isThere } }
        #expect(try !world.leftovers.isEmpty)
        try registry.goOn()
        let again = try Dialogue(world.program(["pull", "nginx"]), onTerminal: true)
        try again.expect("nginx:latest: pulling")
        try again.expect("MB of ")
        try again.expect("pulled in ")
        #expect(try again.end() == .exited(0))
        #expect(try world.leftovers.isEmpty)
        try world.expectWholeStore()
      }
    }

    @Test("Killed at any moment, pulls and loads leave a store that the next one repairs")
    func killedAnywhere() throws {
      try with(["alpine"]) { world, _ in
        for round in 0..<10 {
          let words =
            round % 2 == 0 ? ["pull", "alpine"] : ["load", "-i", world.host.archive("alpine")]
          let command = try Dialogue(world.program(words))
          usleep(UInt32.random(in: 0...250_000))
          try command.signal(SIGKILL)
          _ = try command.end()
          _ = try? world.podshim("rmi", "alpine")
        }
        try world.podshim("pull", "alpine")
        #expect(try world.leftovers.isEmpty)
        try world.expectWholeStore()
      }
    }

    @Test("A disk that is full is not left full")
    func full() throws {
      try with { world, _ in
        let images = world.root + "/images"
        try Files.makeDirectories(images)
        try Mount.tmpfs(at: images, options: ["size=1m"])
        world.atEnd { try Mount.unmount(images) }
        let result = try world.run(["pull", "busybox"])
        #expect(result.errorText.contains("no space left on device"), "\(result.errorText)")
        #expect(try world.leftovers.isEmpty)
        try Tool(name: "mount", package: "mount").run(["-o", "remount,size=8m", images])
        try world.podshim("pull", "busybox")
        try world.expectWholeStore()
      }
    }
  }
}

extension PodFixture {
  /// The processes that ask a registry on behalf of this world.
  var pulling: [HostProcess] {
    get throws { try processes().filter { $0.arguments.first == "skopeo" } }
  }

  private var store: ImageStore { ImageStore(root: root) }

  /// Files that hold the beginning of a layer.
  fileprivate var parts: [String] {
    get throws {
      try Files.listIfThere(store.pulls).flatMap { name in
        let layout = "\(store.pulls)/\(name)/\(PullStaging.layoutName)"
        return try Files.listIfThere(layout).filter { file in
          guard file.hasPrefix(PullMeter.unfinished) else { return false }
          return (try? FileKind.size(of: "\(layout)/\(file)")).map { $0 > 4096 } ?? false
        }
      }
    }
  }

  /// What is between two writers only when one was killed.
  fileprivate var leftovers: [String] {
    get throws {
      try Files.listIfThere(store.pulls)
        + [store.staging, store.layerStaging].filter { Files.exists($0) }
    }
  }

  /// Each blob is what its name says, and each layer is there as a load unpacks it.
  fileprivate func expectWholeStore() throws {
    let blobs = try Files.list(store.layout.blobDirectory)
    let sums = try Digest.ofFiles(blobs.map { "\(store.layout.blobDirectory)/\($0)" })
    #expect(sums.map(\.hexadecimal) == blobs)
    for image in try store.list() {
      for layer in image.layers {
        let again = "\(folder)/again-\(layer.diffID.hexadecimal)"
        try Files.makeDirectories(again)
        let lock = try FileDescriptor.open("/dev/null", O_RDONLY)
        let archive = LayerArchive(
          blob: store.layout.blobPath(layer.blob), diffID: layer.diffID, lock: lock.raw)
        try archive.unpack(into: again)
        let diff = Tool(name: "diff", package: "diffutils")
        try diff.run(["--recursive", "--no-dereference", again, layer.directory])
      }
    }
  }
}
