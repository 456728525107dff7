import Glibc
import OCISpec
import PodModel
import Testing

@testable import PodShim

@Suite("Images of strangers do no harm")
struct ImagesHostileTests {
  /// A layer, and what its refusal says.
  struct Attack: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var says: String
    /// `victim` is a file outside of the store that must stay as it is.
    var layer: @Sendable (_ victim: String) -> TarArchive
  }

  static let attacks = [
    Attack(testDescription: "a member above its directory", says: "contains '..'") { _ in
      TarArchive { $0.file("../evil", "evil") }
    },
    Attack(testDescription: "a member deep above its directory", says: "contains '..'") { victim in
      TarArchive { $0.file("a/../../../../../../../../../../" + victim, "evil") }
    },
    Attack(testDescription: "a file through an absolute link", says: "Not a directory") { victim in
      TarArchive {
        $0.symlink("out", to: Files.split(victim).directory)
        $0.file("out/victim", "evil")
      }
    },
    Attack(testDescription: "a file through a link upwards", says: "Not a directory") { _ in
      TarArchive {
        $0.symlink("out", to: "../../../../outside")
        $0.file("out/victim", "evil")
      }
    },
    Attack(testDescription: "a hard link to a file outside", says: "Cannot hard link") { victim in
      TarArchive {
        $0.hardLink("in", to: victim)
        $0.file("in", "evil")
      }
    },
    Attack(testDescription: "a hard link upwards", says: "Cannot hard link") { _ in
      TarArchive { $0.hardLink("in", to: "../../../../outside/victim") }
    },
    Attack(testDescription: "a whiteout of the directory itself", says: "hides no name") { _ in
      TarArchive { $0.file(".wh..") }
    },
    Attack(testDescription: "a whiteout of the directory above", says: "hides no name") { _ in
      TarArchive { $0.file("a/.wh...") }
    },
    Attack(testDescription: "a whiteout without a name", says: "hides no name") { _ in
      TarArchive { $0.file(".wh.") }
    },
    Attack(testDescription: "a whiteout that is a directory", says: "which is a directory") { _ in
      TarArchive { $0.directory(".wh.x") }
    },
  ]

  @Test("A layer that reaches out of its directory is refused", arguments: attacks)
  func refused(_ attack: Attack) throws {
    let scratch = try ImagesScratch()
    let victim = try Self.makeVictim(scratch)
    let image = TestImage(layers: [attack.layer(victim), .hello])
    let error = #expect(throws: ImageError.self) { try scratch.load(image, as: "evil:1") }
    let message = error?.message ?? ""
    #expect(message.contains(attack.says), "\(message)")
    try Self.expectUntouched(victim, scratch)
    #expect(try scratch.store.list().isEmpty)
    #expect(try Files.list(scratch.store.layerRoot).isEmpty)
    #expect(try Files.list(scratch.store.layout.blobDirectory).isEmpty)
    #expect(scratch.leftovers.isEmpty)
  }

  @Test("A layer whose members lie outside by name alone is unpacked inside")
  func contained() throws {
    let scratch = try ImagesScratch()
    let victim = try Self.makeVictim(scratch)
    let image = TestImage(layers: [
      TarArchive {
        $0.file(victim, "evil")
        // which of the two members stays is a matter of tar's timing; neither may follow the link
        $0.symlink("absolute", to: victim)
        $0.file("absolute", "evil")
      }
    ])
    let directory = try scratch.load(image, as: "odd:1").layers[0].directory
    #expect(try Files.readText(directory + victim) == "evil")
    try Self.expectUntouched(victim, scratch)
  }

  @Test("A layer cannot bring marks of overlayfs, and keeps its other attributes")
  func attributes() throws {
    let scratch = try ImagesScratch()
    let image = TestImage(layers: [
      TarArchive {
        $0.attribute("trusted.overlay.redirect", "/etc")
        $0.directory("marked")
        $0.attribute("user.mine", "kept")
        $0.directory("plain")
      }
    ])
    let layer = try scratch.load(image, as: "marks:1").layers[0].directory
    let marked = try FileDescriptor.open(layer + "/marked", O_RDONLY)
    #expect(try ExtendedAttribute.get("trusted.overlay.redirect", of: marked) == nil)
    let plain = try FileDescriptor.open(layer + "/plain", O_RDONLY)
    #expect(try ExtendedAttribute.get("user.mine", of: plain) == Array("kept".utf8))
  }

  @Test("A layer of a lower image cannot redirect the unpacking of one above it")
  func acrossLayers() throws {
    let scratch = try ImagesScratch()
    let victim = try Self.makeVictim(scratch)
    let link = TarArchive { $0.symlink("out", to: Files.split(victim).directory) }
    let image = try scratch.load(
      TestImage(layers: [link, TarArchive { $0.file("out/victim", "evil") }]), as: "two:1")
    let at = try scratch.mounted(image)
    #expect(try Files.readText(at + "/out/victim") == "evil")
    try Rootfs.copy(image, to: scratch.path + "/copy")
    #expect(try Files.readText(scratch.path + "/copy/out/victim") == "evil")
    try Self.expectUntouched(victim, scratch)
  }

  @Test("A corrupt blob is refused by its name", arguments: ["manifest", "config", "layer"])
  func corrupt(_ part: String) throws {
    let scratch = try ImagesScratch()
    let path = scratch.path + "/oci"
    let config = try TestImage(layers: [.hello]).write(into: path, names: ["web:1"])
    let layout = LayoutDirectory(path: path)
    let manifest = try Digest(layout.index().manifests[0].digest)
    let layer = try Digest(layout.manifest(manifest).layers[0].digest)
    let digest = part == "manifest" ? manifest : part == "config" ? config : layer
    var bytes = try Files.read(layout.blobPath(digest))
    bytes.append(UInt8(ascii: "\n"))
    try Files.write(bytes, to: layout.blobPath(digest))
    for source in [path, try scratch.pack(path, to: "x.tar")] {
      let error = #expect(throws: ImageError.self) { try scratch.store.load(source) }
      #expect(error?.message.hasPrefix("blob `\(digest)` is corrupt: ") == true)
      #expect(try scratch.store.list().isEmpty)
      #expect(scratch.leftovers.isEmpty)
    }
  }

  @Test(
    "A blob that is a FIFO, a link or missing holds nobody up", arguments: ["fifo", "link", ""])
  func strangeBlob(_ kind: String) throws {
    let scratch = try ImagesScratch()
    let path = scratch.path + "/oci"
    let config = try TestImage(layers: [.hello]).write(into: path, names: ["web:1"])
    let blob = LayoutDirectory(path: path).blobPath(config)
    try Files.rename(blob, to: scratch.path + "/elsewhere")
    if kind == "fifo" { try checked("mkfifo", blob) { mkfifo(blob, 0o600) } }
    if kind == "link" { try Files.symlink(scratch.path + "/elsewhere", at: blob) }
    let archive = try scratch.pack(path, to: "x.tar")
    let error = #expect(throws: ImageError.self) { try scratch.store.load(archive) }
    let says = kind.isEmpty ? "blob `\(config)` is missing" : "is not a regular file"
    #expect(error?.message.contains(says) == true)
    #expect(Files.exists(scratch.path + "/elsewhere"))
  }

  @Test("An archive cannot have the blobs of another store moved away")
  func linkedBlobs() throws {
    let scratch = try ImagesScratch()
    let other = scratch.path + "/other"
    try TestImage(layers: [.hello]).write(into: other, names: ["web:1"])
    let before = try Files.list(other + "/blobs/sha256")
    let path = scratch.path + "/oci"
    try Files.makeDirectories(path)
    try Files.write(Files.read(other + "/index.json"), to: path + "/index.json")
    try Files.symlink(other + "/blobs", at: path + "/blobs")
    let error = #expect(throws: ImageError.self) {
      try scratch.store.load(scratch.pack(path, to: "x.tar"))
    }
    #expect(error?.message.contains("is a link") == true)
    #expect(try Files.list(other + "/blobs/sha256") == before)
  }

  @Test("A docker-archive cannot name files outside of it", arguments: [true, false])
  func dockerPaths(_ byLink: Bool) throws {
    let scratch = try ImagesScratch()
    let victim = try Self.makeVictim(scratch)
    let path = scratch.path + "/docker"
    try TestImage(layers: [.hello]).writeDocker(into: path, tags: ["web:1"])
    if byLink {
      try Files.remove(path + "/0/layer.tar")
      try Files.symlink(victim, at: path + "/0/layer.tar")
    } else {
      let list = try Files.readText(path + "/manifest.json").split(separator: "0/layer.tar")
      let upwards = String(repeating: "../", count: 12) + victim.dropFirst()
      try Files.writeText(list.joined(separator: upwards), to: path + "/manifest.json")
    }
    let error = #expect(throws: ImageError.self) {
      try scratch.store.load(scratch.pack(path, to: "x.tar"))
    }
    #expect(error?.message.hasSuffix("leads out of the archive") == true, "\(error?.message ?? "")")
    try Self.expectUntouched(victim, scratch)
  }

  @Test("What is no image is refused")
  func noImage() throws {
    let scratch = try ImagesScratch()
    try Files.writeText("hello", to: scratch.path + "/text")
    try Files.makeDirectories(scratch.path + "/empty")
    let archive = try scratch.pack(scratch.path + "/empty", to: "empty.tar")
    for (path, says) in [
      (scratch.path + "/text", "does not look like a tar archive"),
      (scratch.path + "/empty", "it has no `index.json`"),
      (archive, "holds no image: neither"),
      ("/dev/null", "is not a regular file"),
    ] {
      let error = #expect(throws: ImageError.self) { try scratch.store.load(path) }
      #expect(error?.message.contains(says) == true, "\(error?.message ?? "")")
    }
    #expect(throws: SyscallError.self) { try scratch.store.load(scratch.path + "/absent") }
  }

  private static func makeVictim(_ scratch: ImagesScratch) throws -> String {
    try Files.makeDirectories(scratch.path + "/outside")
    try Files.writeText("victim", to: scratch.path + "/outside/victim")
    return scratch.path + "/outside/victim"
  }

  private static func expectUntouched(_ victim: String, _ scratch: ImagesScratch) throws {
    #expect(try Files.readText(victim) == "victim")
    #expect(try Files.list(scratch.path + "/outside") == ["victim"])
    var status = stat()
    try checked("stat", victim) { stat(victim, &status) }
    #expect(status.st_nlink == 1)
  }
}
