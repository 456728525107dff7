import Glibc
import PodModel
import Testing

@testable import PodShim

@Suite("Images are removed")
struct ImagesRemoveTests {
  @Test("What another image needs stays, the rest goes")
  func shared() throws {
    let scratch = try ImagesScratch()
    let store = scratch.store
    let first = try scratch.load(TestImage(layers: [.hello]), as: "a:1")
    let second = try scratch.load(TestImage(layers: [.hello, .world]), as: "b:1")
    let removal = try store.remove("b:1")
    #expect(try removal == .init(untagged: [ImageReference("b:1")], deleted: second.id))
    #expect(try Files.list(store.layerRoot) == [first.layers[0].diffID.hexadecimal])
    #expect(try Files.list(store.layout.blobDirectory).count == 3)
    #expect(try ImagesScratch.tree(first.layers[0].directory) == ["etc/", "etc/hello"])
    #expect(try store.remove(first.id.description)?.deleted == first.id)
    #expect(try Files.list(store.layerRoot).isEmpty)
    #expect(try Files.list(store.layout.blobDirectory).isEmpty)
    #expect(scratch.leftovers.isEmpty)
    #expect(try store.remove("a:1") == nil)
  }

  @Test("An image in use is kept, its further names are not")
  func inUse() throws {
    let scratch = try ImagesScratch()
    let store = scratch.store
    let path = scratch.path + "/oci"
    let id = try TestImage(layers: [.hello]).write(into: path, names: ["a:1", "a:2"])
    try store.load(path)
    let removal = try store.remove("a:1", inUse: { [id] })
    #expect(try removal == .init(untagged: [ImageReference("a:1")], deleted: nil))
    let error = #expect(throws: ImageError.self) { try store.remove("a:2", inUse: { [id] }) }
    #expect(error?.message == "image `a:2` is in use by a pod: delete the pod first")
    #expect(try store.list().map(\.name) == [ImageReference("a:2")])
    #expect(try store.remove(id.short, inUse: { [] })?.deleted == id)
  }

  @Test("An ID with several names says which names to remove")
  func severalNames() throws {
    let scratch = try ImagesScratch()
    let path = scratch.path + "/oci"
    let id = try TestImage(layers: [.hello]).write(into: path, names: ["a:1", "b:1"])
    try scratch.store.load(path)
    let error = #expect(throws: ImageError.self) { try scratch.store.remove(id.description) }
    #expect(error?.message.contains("`docker.io/library/a:1`, `docker.io/library/b:1`") == true)
  }

  @Test("An image that has lost its name is removed by its ID")
  func nameless() throws {
    let scratch = try ImagesScratch()
    let old = try scratch.load(TestImage(layers: [.hello]), as: "a:1")
    try scratch.load(TestImage(layers: [.world]), as: "a:1")
    #expect(try scratch.store.list().count == 2)
    #expect(Files.exists(old.layers[0].directory))
    #expect(try scratch.store.remove(old.id.short) == .init(untagged: [], deleted: old.id))
    #expect(!Files.exists(old.layers[0].directory))
    #expect(try scratch.store.list().map(\.name?.tag) == ["1"])
  }

  @Test("Pruning removes what has no tag, or all, and nothing that is used")
  func prune() throws {
    let scratch = try ImagesScratch()
    let store = scratch.store
    let old = try scratch.load(TestImage(layers: [.hello]), as: "a:1")
    let new = try scratch.load(TestImage(layers: [.world]), as: "a:1")
    #expect(try store.prune(all: false) { [old.id] } == .init())
    let first = try store.prune(all: false) { [] }
    #expect(first.deleted == [old.id] && first.untagged.isEmpty && first.freed > 0)
    #expect(try store.prune(all: false) { [] } == .init())
    #expect(try store.prune(all: true) { [new.id] } == .init())
    let second = try store.prune(all: true) { [] }
    #expect(try second.deleted == [new.id] && second.untagged == [ImageReference("a:1")])
    #expect(try Files.list(store.layerRoot).isEmpty)
    #expect(try ImageStore(root: scratch.path + "/none").prune(all: true) { [] } == .init())
  }

  @Test("A disk that fills up while an image is loaded is left as it was")
  func full() throws {
    let scratch = try ImagesScratch()
    try Files.makeDirectories(scratch.store.root)
    try Mount.tmpfs(at: scratch.store.root, options: ["size=2m"])
    try scratch.load(TestImage(layers: [.hello]), as: "a:1")
    let large = TarArchive { $0.file("large", String(repeating: "x", count: 4 << 20)) }
    let error = #expect(throws: (any Error).self) {
      try scratch.load(TestImage(layers: [large]), as: "b:1")
    }
    let words = "\(error as Any)"
    #expect(words.contains("No space left on device") || words.contains("Wrote only"), "\(words)")
    #expect(scratch.leftovers.isEmpty)
    #expect(try scratch.store.list().count == 1)
    try scratch.load(TestImage(layers: [.world]), as: "c:1")
  }

  @Test("A writer that was killed leaves nothing that the next one does not remove")
  func killed() async throws {
    let scratch = try ImagesScratch()
    let root = scratch.store.root
    await #expect(processExitsWith: .signal(SIGKILL)) { [root = root as String] in
      try ImageStore(root: root).writing { lock in
        let store = ImageStore(root: root)
        try Files.makeDirectories(store.layerStaging + "/half/a")
        try Files.writeText("half", to: store.staging + "/half")
        // a program that outlives its writer still has the store for itself
        let survivor = try Tool(name: "sh", package: "dash")
          .program(["-c", "sleep 0.5; echo > \(root)/survived"], descriptors: [-1, -1, -1, lock])
        _ = try survivor.spawn()
        kill(getpid(), SIGKILL)
      }
    }
    #expect(Files.exists(scratch.store.layerStaging + "/half/a"))
    try scratch.load(TestImage(layers: [.hello]), as: "a:1")
    #expect(Files.exists(root + "/survived"))
    #expect(scratch.leftovers.isEmpty)
    #expect(try scratch.store.list().count == 1)
  }

  @Test("Loading an image again repairs what was damaged in the store")
  func repair() throws {
    let scratch = try ImagesScratch()
    let image = try scratch.load(TestImage(layers: [.hello]), as: "a:1")
    for digest in [image.manifest, image.id, image.layers[0].blob] {
      try Files.writeText("{", to: scratch.store.layout.blobPath(digest))
    }
    #expect(throws: ImageError.self) { try scratch.store.list() }
    try scratch.load(TestImage(layers: [.hello]), as: "a:1")
    #expect(try scratch.store.list().count == 1)
    try Files.removeTree(image.layers[0].directory)
    try scratch.store.prepare(image)
    #expect(try ImagesScratch.tree(image.layers[0].directory) == ["etc/", "etc/hello"])
  }

  @Test("A damaged image can be removed, and does not stop others from being removed")
  func damaged() throws {
    let scratch = try ImagesScratch()
    let store = scratch.store
    let image = try scratch.load(TestImage(layers: [.hello]), as: "a:1")
    let other = try scratch.load(TestImage(layers: [.world]), as: "b:1")
    try Files.remove(store.layout.blobPath(image.manifest))
    let error = #expect(throws: ImageError.self) { try store.list() }
    #expect(error?.message.hasSuffix("or `podshim rmi \(image.manifest)`") == true)
    #expect(try store.remove("b:1")?.deleted == other.id)
    // of whom its layer is cannot be known while an image cannot be read
    #expect(Files.exists(other.layers[0].directory))
    #expect(throws: ImageError.self) { try store.remove("a:1", inUse: { [other.id] }) }
    #expect(try store.remove(image.manifest.description)?.deleted == image.manifest)
    #expect(try store.list().isEmpty)
    #expect(try Files.list(store.layerRoot).isEmpty)
    #expect(try Files.list(store.layout.blobDirectory).isEmpty)
  }
}
