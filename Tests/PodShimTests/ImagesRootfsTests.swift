import Glibc
import PodModel
import Testing

@testable import PodShim

@Suite("A root file system shows the layers of its image, mounted and copied")
struct ImagesRootfsTests {
  /// Layers, lowest first, and what is seen of them.
  struct Stack: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var layers: [TarArchive]
    var seen: [String]
  }

  static let base = TarArchive {
    $0.directory("a")
    $0.file("a/one", "1")
    $0.file("a/two", "2")
    $0.directory("a/deep")
    $0.file("a/deep/three", "3")
    $0.file("top", "t")
    $0.symlink("link", to: "/nowhere")
  }

  static let stacks = [
    Stack(
      testDescription: "without whiteouts", layers: [base, .world],
      seen: ["a/", "a/deep/", "a/deep/three", "a/one", "a/two", "link", "top", "world"]),
    Stack(
      testDescription: "a file, a link and a directory hidden",
      layers: [
        base,
        TarArchive {
          $0.file(".wh.top")
          $0.file(".wh.link")
          $0.file("a/.wh.one")
          $0.file("a/.wh.deep")
        },
      ], seen: ["a/", "a/two"]),
    Stack(
      testDescription: "a directory made opaque",
      layers: [
        base,
        TarArchive {
          $0.directory("a")
          $0.file("a/.wh..wh..opq")
          $0.file("a/new")
        },
      ], seen: ["a/", "a/new", "link", "top"]),
    Stack(
      testDescription: "a directory hidden and made anew in one layer",
      layers: [
        base,
        TarArchive {
          $0.file(".wh.a")
          $0.directory("a")
          $0.file("a/new")
          $0.file(".wh.top")
          $0.file("top", "new")
        },
      ], seen: ["a/", "a/new", "link", "top"]),
    Stack(
      testDescription: "a hidden name that comes back in a third layer",
      layers: [base, TarArchive { $0.file(".wh.a") }, TarArchive { $0.file("a/back") }],
      seen: ["a/", "a/back", "link", "top"]),
    Stack(
      testDescription: "a directory in the place of a file and the reverse",
      layers: [
        base,
        TarArchive {
          $0.file("a", "now a file")
          $0.directory("top")
          $0.file("top/x")
          $0.directory("link")
        },
      ], seen: ["a", "link/", "top/", "top/x"]),
    Stack(
      testDescription: "a whiteout of what never was, and the bookkeeping of aufs",
      layers: [
        base,
        TarArchive {
          $0.file(".wh.never")
          $0.file(".wh..wh.aufs")
          $0.file("b/.wh.never")
        },
      ],
      seen: ["a/", "a/deep/", "a/deep/three", "a/one", "a/two", "b/", "link", "top"]),
    Stack(
      testDescription: "one layer twice, with another between",
      layers: [base, TarArchive { $0.file("a/.wh.one") }, base],
      seen: ["a/", "a/deep/", "a/deep/three", "a/one", "a/two", "link", "top"]),
  ]

  @Test("What an upper layer hides is gone", arguments: stacks)
  func whiteouts(_ stack: Stack) throws {
    let scratch = try ImagesScratch()
    let image = try scratch.load(TestImage(layers: stack.layers), as: "stack:1")
    #expect(try ImagesScratch.tree(scratch.mounted(image)) == stack.seen)
    try Rootfs.copy(image, to: scratch.path + "/copy")
    #expect(try ImagesScratch.tree(scratch.path + "/copy") == stack.seen)
  }

  @Test("Modes, links and times of a layer are those of its archive")
  func metadata() throws {
    let scratch = try ImagesScratch()
    let layer = TarArchive {
      $0.directory("sticky", mode: 0o1777)
      $0.file("sticky/setuid", "x", mode: 0o4755)
      $0.hardLink("sticky/other", to: "sticky/setuid")
      $0.file("sticky/.wh.gone")
    }
    let image = try scratch.load(TestImage(layers: [layer]), as: "meta:1")
    try Rootfs.copy(image, to: scratch.path + "/copy")
    for at in [try scratch.mounted(image), scratch.path + "/copy"] {
      var directory = stat()
      var file = stat()
      try checked("stat", at) { stat(at + "/sticky", &directory) }
      try checked("stat", at) { stat(at + "/sticky/setuid", &file) }
      #expect(directory.st_mode & 0o7777 == 0o1777)
      #expect(file.st_mode & 0o7777 == 0o4755)
      #expect(file.st_nlink == 2)
      #expect(file.st_mtim.tv_sec == 1_600_000_000)
    }
    var directory = stat()
    let sticky = image.layers[0].directory + "/sticky"
    try checked("stat", sticky) { stat(sticky, &directory) }
    #expect(directory.st_mtim.tv_sec == 1_600_000_000)
  }

  @Test("Devices and file capabilities of a layer are in a container, mounted and copied")
  func special() throws {
    let scratch = try ImagesScratch()
    // CAP_NET_BIND_SERVICE, effective; as linux/capability.h lays it out, version 2.
    let capability = "\u{1}\0\0\u{2}\0\u{4}" + String(repeating: "\0", count: 14)
    let image = try scratch.load(
      TestImage(layers: [
        TarArchive {
          $0.device("null", 1, 3)
          $0.attribute("security.capability", capability)
          $0.file("server", "binary", mode: 0o755)
          $0.hardLink("other", to: "server")
        }
      ]), as: "special:1")
    try Rootfs.copy(image, to: scratch.path + "/copy")
    for root in [try scratch.mounted(image), scratch.path + "/copy"] {
      var status = stat()
      try checked("stat", root) { lstat(root + "/null", &status) }
      #expect(status.st_mode == S_IFCHR | 0o666)
      #expect(status.st_rdev == dev_t(1) << 8 | 3)
      try checked("stat", root) { lstat(root + "/server", &status) }
      #expect(status.st_nlink == 2)
      for name in ["server", "other"] {
        let file = try FileDescriptor.open("\(root)/\(name)", O_RDONLY)
        #expect(
          try ExtendedAttribute.get("security.capability", of: file) == Array(capability.utf8))
      }
    }
  }

  @Test("Writing to a container changes neither its image nor another container")
  func isolation() throws {
    let scratch = try ImagesScratch()
    let image = try scratch.load(TestImage(layers: [Self.base]), as: "a:1")
    let (one, two) = (scratch.path + "/1", scratch.path + "/2")
    for path in [one, two] {
      let form = try Rootfs.make(
        image, in: scratch.store, upper: path + "/upper", work: path + "/work",
        at: path + "/rootfs")
      #expect(form == .overlay)
    }
    try Files.writeText("changed", to: one + "/rootfs/top")
    try Files.remove(one + "/rootfs/a/one")
    #expect(try Files.readText(two + "/rootfs/top") == "t")
    #expect(try Files.readText(two + "/rootfs/a/one") == "1")
    #expect(try Files.readText(image.layers[0].directory + "/top") == "t")
    for path in [one, two] {
      try Rootfs.remove(upper: path + "/upper", work: path + "/work", at: path + "/rootfs")
      #expect(try Files.list(path).isEmpty)
    }
    #expect(try !Mount.table().contains { $0.path.hasPrefix(scratch.path) })
  }

  @Test("Where the kernel refuses an overlay there is a copy, and the refusal is told")
  func refusal() throws {
    let scratch = try ImagesScratch()
    let image = try scratch.load(TestImage(layers: [Self.base, .world]), as: "a:1")
    // an upper directory on procfs is one that overlayfs cannot use
    let at = scratch.path + "/rootfs"
    let form = try Rootfs.make(
      image, in: scratch.store, upper: "/proc/self", work: "/proc/self/task", at: at)
    guard case .copy(let error) = form else {
      Issue.record("the kernel took an upper directory on procfs")
      return
    }
    #expect(error.call == "mount overlay")
    #expect(try Files.readText(at + "/a/deep/three") == "3")
    try Rootfs.remove(upper: scratch.path + "/u", work: scratch.path + "/w", at: at)
    #expect(!Files.exists(at))
  }

  @Test("A directory that is missing is an error, not a reason to copy")
  func missingLayer() throws {
    let scratch = try ImagesScratch()
    let image = try scratch.load(TestImage(layers: [Self.base]), as: "a:1")
    try Files.removeTree(image.layers[0].directory)
    #expect(throws: SyscallError.self) {
      try Rootfs.make(
        image, in: scratch.store, upper: scratch.path + "/u", work: scratch.path + "/w",
        at: scratch.path + "/rootfs")
    }
  }

  @Test("More layers than fit into the options of one mount are mounted")
  func manyLayers() throws {
    let scratch = try ImagesScratch()
    let layers = (0..<100).map { number in TarArchive { $0.file("file\(number)") } }
    let image = try scratch.load(TestImage(layers: layers, compression: .none), as: "many:1")
    #expect(try Files.list(scratch.mounted(image)).count == 100)
  }

  @Test("A store whose path has the separators of mount options works")
  func strangePath() throws {
    let scratch = try ImagesScratch()
    let store = ImageStore(root: scratch.path + "/a:b,c\\d")
    try TestImage(layers: [.hello, .world]).write(into: scratch.path + "/oci", names: ["a:1"])
    let image = try #require(try store.load(scratch.path + "/oci").first)
    let at = scratch.path + "/x,y/rootfs"
    try Rootfs.mount(
      image, in: store, upper: scratch.path + "/x,y/u", work: scratch.path + "/x,y/w", at: at)
    #expect(try ImagesScratch.tree(at) == ["etc/", "etc/hello", "world"])
  }
}
