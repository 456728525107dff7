import Glibc
import OCISpec
import PodModel
import Testing

@testable import PodShim

@Suite("Images are loaded")
struct ImagesLoadTests {
  static let image = TestImage(layers: [.hello, .world], command: ["/bin/sh"])

  private func expectLoaded(_ scratch: ImagesScratch, _ path: String) throws {
    let loaded = try scratch.store.load(path)
    #expect(loaded.map(\.name?.description) == ["docker.io/library/web:1"])
    let found = try #require(try scratch.store.find(ImageReference("web:1")))
    #expect(found.id == loaded[0].id)
    #expect(found.config.config?.Cmd == ["/bin/sh"])
    let content = try found.layers.map { try ImagesScratch.tree($0.directory) }
    #expect(content == [["etc/", "etc/hello"], ["world"]])
    #expect(try Files.readText(found.layers[0].directory + "/etc/hello") == "hello\n")
    #expect(scratch.leftovers.isEmpty)
    #expect(try scratch.store.find(ImageReference("web:2")) == nil)
  }

  @Test("from an OCI directory", arguments: [Compression.none, .gzip, .zstd, .xz, .bzip2])
  func directory(_ compression: Compression) throws {
    let scratch = try ImagesScratch()
    var image = Self.image
    image.compression = compression
    try image.write(into: scratch.path + "/oci", names: ["docker.io/library/web:1"])
    try expectLoaded(scratch, scratch.path + "/oci")
  }

  @Test("from an oci-archive", arguments: [[], ["--gzip"], ["--zstd"]])
  func archive(_ options: [String]) throws {
    let scratch = try ImagesScratch()
    try Self.image.write(into: scratch.path + "/oci", names: ["web:1"])
    try expectLoaded(scratch, scratch.pack(scratch.path + "/oci", to: "oci:x.tar", options))
  }

  @Test("from a docker-archive", arguments: [[], ["--gzip"], ["--zstd"]])
  func docker(_ options: [String]) throws {
    let scratch = try ImagesScratch()
    try Self.image.writeDocker(into: scratch.path + "/docker", tags: ["web:1"])
    try expectLoaded(scratch, scratch.pack(scratch.path + "/docker", to: "docker.tar", options))
  }

  @Test("from a docker-archive whose second image links to a layer of the first")
  func dockerLink() throws {
    let scratch = try ImagesScratch()
    try Self.image.writeDocker(into: scratch.path + "/docker", tags: ["web:1"])
    try Files.remove(scratch.path + "/docker/1/layer.tar")
    try Files.symlink("../0/layer.tar", at: scratch.path + "/docker/1/layer.tar")
    let archive = try scratch.pack(scratch.path + "/docker", to: "docker.tar")
    // the configuration still names the two layers that there were
    let error = #expect(throws: ImageError.self) { try scratch.store.load(archive) }
    #expect(error?.message.contains("cannot be unpacked: its content has the digest") == true)
    #expect(scratch.leftovers.isEmpty)
  }

  @Test("The image of this host is taken out of an index of several platforms")
  func platforms() throws {
    let scratch = try ImagesScratch()
    let path = scratch.path + "/oci"
    let id = try Self.image.write(into: path, names: [nil])
    let layout = LayoutDirectory(path: path)
    let ours = try layout.index().manifests[0]
    let other = Descriptor(
      mediaType: .imageManifest, digest: "sha256:" + String(repeating: "0", count: 64), size: 1)
    func write(_ manifests: [Descriptor]) throws {
      let nested = try JSON.compact(ImageIndex(manifests: manifests))
      let digest = try Digest.ofBytes(nested)
      try Files.write(nested, to: layout.blobPath(digest))
      let entry = Descriptor(
        mediaType: .imageIndex, digest: digest.description, size: Int64(nested.count))
      let index = ImageIndex(manifests: [
        entry.with { $0.annotations = [Descriptor.nameKey: "a:b"] }
      ])
      try Files.write(JSON.compact(index), to: layout.indexPath)
    }
    let foreign = other.with { $0.platform = Platform(architecture: "s390x", os: "linux") }
    let statement = other.with { $0.platform = Platform(architecture: "unknown", os: "unknown") }

    try write([foreign, statement, ours.with { $0.platform = .ours }])
    #expect(try scratch.store.load(path).map(\.id) == [id])
    try write([foreign, statement])
    let error = #expect(throws: ImageError.self) { try scratch.store.load(path) }
    #expect(error?.message.hasSuffix("it has: linux/s390x") == true, "\(String(describing: error))")
  }

  @Test("Layers and blobs that two images share are kept once")
  func shared() throws {
    let scratch = try ImagesScratch()
    try scratch.load(TestImage(layers: [.hello]), as: "a:1")
    let marker = try #require(try scratch.store.find("a:1")).layers[0].directory + "/marker"
    try Files.writeText("", to: marker)
    try scratch.load(TestImage(layers: [.hello, .world]), as: "b:1")
    #expect(Files.exists(marker))
    #expect(try Files.list(scratch.store.layerRoot).count == 2)
    // two layers, two configurations, two manifests
    #expect(try Files.list(scratch.store.layout.blobDirectory).count == 6)
  }

  @Test("An image has as many names as it was given, and a name goes to the newest image")
  func names() throws {
    let scratch = try ImagesScratch()
    let path = scratch.path + "/oci"
    let old = try TestImage(layers: [.hello]).write(into: path, names: ["a:1", "a:2"])
    #expect(try scratch.store.load(path).count == 2)
    let new = try scratch.load(TestImage(layers: [.world]), as: "a:2").id
    #expect(try scratch.store.list().map(\.name?.tag) == ["1", "2"])
    #expect(try scratch.store.list().map(\.id) == [old, new])
    try scratch.load(TestImage(layers: [.world]), as: "a:1")
    #expect(try scratch.store.list().map(\.name?.tag) == ["1", "2", nil])
    #expect(try scratch.store.list().map(\.id) == [new, new, old])
    #expect(try scratch.store.find(old.short)?.id == old)
    #expect(try scratch.store.find(old.description)?.name == nil)
    try scratch.load(TestImage(layers: [.hello]), as: "c")
    #expect(try scratch.store.list().map(\.name?.tag) == ["1", "2", "latest"])
  }

  @Test("The same image in another form takes the place of the first")
  func otherForm() throws {
    let scratch = try ImagesScratch()
    let first = try scratch.load(TestImage(layers: [.hello], compression: .gzip), as: "a:1")
    let second = try scratch.load(TestImage(layers: [.hello], compression: .none), as: "a:1")
    #expect(first.id == second.id)
    #expect(first.manifest != second.manifest)
    #expect(try scratch.store.list().map(\.manifest) == [second.manifest])
  }

  @Test("A reference with a digest finds the manifest, whatever the tag")
  func digest() throws {
    let scratch = try ImagesScratch()
    let image = try scratch.load(TestImage(layers: [.hello]), as: "a:1")
    let zeros = "sha256:" + String(repeating: "0", count: 64)
    #expect(try scratch.store.find(ImageReference("a@\(image.manifest)"))?.id == image.id)
    #expect(try scratch.store.find(ImageReference("a:9@\(image.manifest)"))?.id == image.id)
    #expect(try scratch.store.find(ImageReference("b@\(image.manifest)")) == nil)
    #expect(try scratch.store.find(ImageReference("a:1@\(zeros)")) == nil)
    #expect(image.repositoryDigest == "docker.io/library/a@\(image.manifest)")
  }

  @Test("An image without a name asks for one, and only a single one can be given")
  func nameless() throws {
    let scratch = try ImagesScratch()
    let path = scratch.path + "/oci"
    // a bare word is a tag, not a name
    try TestImage(layers: [.hello]).write(into: path, names: ["latest"])
    var error = #expect(throws: ImageError.self) { try scratch.store.load(path) }
    #expect(error?.message == "`\(path)` holds an image without a name: say `--name NAME`")
    #expect(try scratch.store.load(path, as: ImageReference("mine")).count == 1)
    #expect(try scratch.store.find("mine") != nil)
    try TestImage(layers: [.world]).write(into: path, names: ["w:1"])
    error = #expect(throws: ImageError.self) {
      try scratch.store.load(path, as: ImageReference("mine"))
    }
    #expect(error?.message == "`\(path)` holds 2 images: `--name` is for a single one")
  }

  @Test("An image without layers is an image")
  func empty() throws {
    let scratch = try ImagesScratch()
    let image = try scratch.load(TestImage(layers: []), as: "scratch:1")
    let at = try scratch.mounted(image)
    #expect(try Files.list(at).isEmpty)
    try Files.writeText("x", to: at + "/x")
    #expect(try Files.list(scratch.path + "/upper") == ["x"])
    #expect(try Files.list(scratch.store.emptyDirectory).isEmpty)
  }

  @Test("A layer that is gone is unpacked again, and one that is there is left alone")
  func prepare() throws {
    let scratch = try ImagesScratch()
    let image = try scratch.load(TestImage(layers: [.hello, .world]), as: "a")
    try Files.removeTree(image.layers[0].directory)
    try Files.writeText("", to: image.layers[1].directory + "/marker")
    try scratch.store.prepare(image)
    #expect(try ImagesScratch.tree(image.layers[0].directory) == ["etc/", "etc/hello"])
    #expect(try Files.list(image.layers[1].directory) == ["marker", "world"])
    #expect(scratch.leftovers.isEmpty)
  }

  @Test("The store is an OCI layout that skopeo reads")
  func layout() throws {
    let scratch = try ImagesScratch()
    let image = try scratch.load(TestImage(layers: [.hello]), as: "web:1")
    let skopeo = Tool(name: "skopeo", package: "skopeo")
    let answer = try skopeo.run([
      "inspect", "--raw", "oci:\(scratch.store.layout.path):docker.io/library/web:1",
    ])
    #expect(try Digest.ofBytes(answer) == image.manifest)
  }
}
