import Glibc
import OCISpec
import PodModel
import Testing

@testable import PodShim

/// What needs no registry. The pulls themselves are driven from Tests/RuntimeTests.
@Suite("What a pull brings is taken in, and said")
struct ImagesPullTests {
  /// Takes in what has arrived, as a pull does it.
  private func take(
    _ image: TestImage, as name: String, _ digest: Character, _ scratch: ImagesScratch
  ) throws -> StoredImage {
    let reference = try ImageReference(name)
    let staging = try PullStaging.enter(reference, in: scratch.store)
    try image.write(into: staging.layout.path, names: [nil])
    let taken = try scratch.store.take(
      staging.layout, as: reference, pulledAs: Self.digest(digest))
    try staging.remove()
    return try #require(taken)
  }

  private static func digest(_ digit: Character) throws -> Digest {
    try Digest("sha256:" + String(repeating: digit, count: 64))
  }

  @Test("An image has the digest that its registry gave, and is found by it")
  func digest() throws {
    let scratch = try ImagesScratch()
    let image = try take(TestImage(layers: [.hello]), as: "a:1", "d", scratch)
    let digest = try Self.digest("d")
    #expect(image.manifest != digest)
    #expect(image.repositoryDigest == "docker.io/library/a@\(digest)")
    #expect(try scratch.store.find(ImageReference("a@\(digest)"))?.id == image.id)
    #expect(try scratch.store.find(ImageReference("a:9@\(digest)"))?.id == image.id)
    #expect(try scratch.store.find(ImageReference("b@\(digest)")) == nil)
    #expect(try scratch.store.find(ImageReference("a@\(image.manifest)"))?.id == image.id)
  }

  @Test("An image that has lost its tag to a newer one is still there under its digest")
  func moved() throws {
    let scratch = try ImagesScratch()
    let old = try take(TestImage(layers: [.hello]), as: "a:1", "a", scratch)
    let new = try take(TestImage(layers: [.world]), as: "a:1", "b", scratch)
    let store = scratch.store
    #expect(try store.find(ImageReference("a:1"))?.id == new.id)
    #expect(try store.find(ImageReference("a@\(Self.digest("a"))"))?.id == old.id)
    #expect(try store.list().map { $0.name?.tag } == ["1", nil])
    // Back again: the tag says all that the digest did.
    _ = try take(TestImage(layers: [.hello]), as: "a:1", "a", scratch)
    #expect(
      try store.list().map(\.repositoryDigest).sorted() == [
        "docker.io/library/a@\(Self.digest("a"))", "docker.io/library/a@\(Self.digest("b"))",
      ])
  }

  @Test("What a killed pull left goes with the next that is written, what goes on stays")
  func abandoned() throws {
    let scratch = try ImagesScratch()
    let store = scratch.store
    let kept = try PullStaging.enter(ImageReference("going/on"), in: store)
    let left = try { try PullStaging.enter(ImageReference("left"), in: store).path }()
    #expect(Files.exists(left))
    try scratch.load(TestImage(layers: [.hello]), as: "a:1")
    #expect(!Files.exists(left))
    #expect(Files.exists(kept.path))
  }

  @Test("skopeo's complaint is taken out of its log")
  func complaint() {
    let log = """
      time="2026-11-21T15:52:30Z" level=warning msg="be warned"
      time="2026-11-21T15:52:30Z" level=fatal msg="reading \\"a\\\\b\\":\\nno"

      """
    #expect(Skopeo.message(log) == "reading \"a\\b\": no")
    #expect(Skopeo.message("panic\n") == "panic")
    #expect(Skopeo.message("") == nil)
  }

  @Test("Files that are not finished count for the layers that they may be")
  func meter() throws {
    let scratch = try ImagesScratch()
    let staging = try PullStaging.enter(ImageReference("a"), in: scratch.store)
    let layout = staging.layout
    let sizes: [(Character, Int64)] = [("a", 10), ("b", 100), ("c", 50)]
    var meter = PullMeter(
      of: try sizes.map { (try Self.digest($0.0), $0.1) }, arriving: layout)
    func write(_ name: String, _ count: Int) throws {
      try Files.write(Array(repeating: 0, count: count), to: layout.path + "/" + name)
    }
    #expect(meter.measure().map(\.arrived) == [0, 0, 0])
    try write("oci-put-blob1", 20)
    try write("oci-put-blob2", 30)
    #expect(meter.measure().map(\.arrived) == [0, 20, 30])
    // The first was the third's.
    try Files.rename(
      layout.path + "/oci-put-blob1", to: layout.blobPath(Self.digest("c")))
    #expect(meter.measure().map(\.arrived) == [0, 30, 50])
  }

  @Test("Bars fit the terminal, and lines say each thing once")
  func shown() throws {
    var pull = PullProgress(name: try ImageReference("nginx"))
    #expect(
      PullText.bars([pull], columns: 80, rows: 20) == [
        "docker.io/library/nginx:latest: asking the registry"
      ])
    let (a, b) = (try Self.digest("a").description, try Self.digest("b").description)
    func layers(_ arrived: Int64) -> PullNews {
      .layers([
        .init(digest: a, size: 1000, arrived: 1000),
        .init(digest: b, size: 2_000_000, arrived: arrived),
      ])
    }
    pull.take(layers(0), at: .seconds(1))
    pull.take(layers(1_000_000), at: .seconds(2))
    let bars = PullText.bars([pull], columns: 80, rows: 20)
    #expect(
      bars == [
        "docker.io/library/nginx:latest: pulling", "  aaaaaaaaaaaa 1kB",
        "  bbbbbbbbbbbb [============             ] 1MB of 2MB, 1MB/s",
      ])
    #expect(
      PullText.bars([pull], columns: 80, rows: 2) == [
        "docker.io/library/nginx:latest: 1MB of 2MB, 1MB/s"
      ])
    #expect(PullText.bars([pull], columns: 11, rows: 1) == ["docker.io/"])
    #expect(
      PullText.lines(pull) == [
        "docker.io/library/nginx:latest: pulling",
        "docker.io/library/nginx:latest: layer aaaaaaaaaaaa is here (1kB)",
      ])
    pull.take(.done(.init(digest: a, size: 2_001_000, isNew: true, milliseconds: 1500)), at: .zero)
    #expect(
      PullText.lines(pull).last == "docker.io/library/nginx:latest: pulled in 1.5s, 2MB (\(a))")
  }
}
