import CLinux
import Glibc
import Testing

@testable import PodShim

@Suite("Tree removal takes the tree and nothing beside it")
struct LinuxTreeTests {
  @Test("Links are removed, and what they point at stays")
  func links() throws {
    let scratch = try LinuxScratch()
    try Files.makeDirectories(scratch["outside/deep"])
    try Files.writeText("keep", to: scratch["outside/file"])
    try Files.makeDirectories(scratch["tree/a/b"])
    try Files.symlink(scratch["outside"], at: scratch["tree/a/directory"])
    try Files.symlink(scratch["outside/file"], at: scratch["tree/file"])
    try Files.symlink("../../outside/deep", at: scratch["tree/a/b/up"])
    try Files.removeTree(scratch["tree"])
    #expect(try Files.list(scratch.path) == ["outside"])
    #expect(try Files.list(scratch["outside"]) == ["deep", "file"])
  }

  @Test("A link as the root of the tree is only a link, with or without a slash")
  func linkAsRoot() throws {
    let scratch = try LinuxScratch()
    try Files.makeDirectories(scratch["outside"])
    try Files.writeText("keep", to: scratch["outside/file"])
    for path in ["link", "link/"] {
      try Files.symlink("outside", at: scratch["link"])
      try Files.removeTree(scratch[path])
      #expect(try Files.list(scratch.path) == ["outside"])
    }
    #expect(try Files.list(scratch["outside"]) == ["file"])
  }

  @Test("What is not there is already removed, and a file is a small tree")
  func smallTrees() throws {
    let scratch = try LinuxScratch()
    try Files.removeTree(scratch["absent"])
    try Files.removeTree(scratch["absent/below"])
    try Files.writeText("", to: scratch["file"])
    try Files.removeTree(scratch["file"])
    #expect(try Files.list(scratch.path).isEmpty)
  }

  @Test("Names that are not UTF-8 are removed too")
  func bytes() throws {
    let scratch = try LinuxScratch()
    try Files.makeDirectories(scratch["tree"])
    let name = Array(scratch["tree/"].utf8CString.dropLast()) + [-1, -2, 0]
    #expect(mkdir(name, 0o700) == 0)
    try Files.removeTree(scratch["tree"])
    #expect(try Files.list(scratch.path).isEmpty)
  }

  @Test("A tree deeper than our descriptors and any path is removed")
  func depth() async throws {
    let scratch = try LinuxScratch()
    let path = scratch["tree"]
    await #expect(processExitsWith: .success) { [path = path as String] in
      try Files.makeDirectories(path)
      var directory = OwnedDescriptor(try FileDescriptor.open(path, O_RDONLY))
      for _ in 0..<1500 {
        #expect(mkdirat(directory.raw, "directory", 0o700) == 0)
        #expect(mkdirat(directory.raw, "sibling", 0o700) == 0)
        directory = OwnedDescriptor(
          try FileDescriptor.open("directory", O_RDONLY, in: directory.raw))
      }
      var limit = try Limit.get(.files)
      limit.soft = 128
      try limit.set(.files)
      try Files.removeTree(path)
      #expect(!Files.exists(path))
    }
  }

  @Test("Directories that their owner may not enter or change are removed")
  func rights() async throws {
    let scratch = try LinuxScratch()
    let path = scratch["shared"]
    try Files.makeDirectories(path)
    chmod(scratch.path, 0o755)
    chmod(path, 0o777)
    await #expect(processExitsWith: .success) { [path = path as String] in
      if getuid() == 0 { try checked("setuid", "54321") { setuid(54321) } }
      for name in ["locked", "readonly", "listonly"] {
        try Files.makeDirectories("\(path)/tree/\(name)/inner")
        try Files.writeText("", to: "\(path)/tree/\(name)/inner/file")
      }
      chmod("\(path)/tree/locked", 0)
      chmod("\(path)/tree/readonly/inner", 0o500)
      chmod("\(path)/tree/listonly", 0o400)
      try Files.removeTree("\(path)/tree")
      #expect(!Files.exists("\(path)/tree"))
    }
  }

  @Test("A mount in the tree, or as its root, is EBUSY and stays whole", .enabled(if: isRoot))
  func mounts() async throws {
    let scratch = try LinuxScratch()
    let path = scratch.path
    await #expect(processExitsWith: .success) { [path = path as String] in
      try Namespace.unshare([.mnt])
      try Mount.makePrivate("/")
      try Files.makeDirectories("\(path)/tree/a/mounted")
      try Files.makeDirectories("\(path)/source")
      try Files.writeText("keep", to: "\(path)/source/file")
      // A bind mount is on the same device: only the mount itself tells.
      try Mount.bind("\(path)/source", at: "\(path)/tree/a/mounted")
      for target in ["tree", "tree/a/mounted"] {
        #expect(errorNumber { try Files.removeTree("\(path)/\(target)") } == EBUSY)
        #expect(try Files.list("\(path)/source") == ["file"])
      }
      try Mount.unmount("\(path)/tree/a/mounted")
      try Files.removeTree("\(path)/tree")
      #expect(try Files.list(path) == ["source"])
    }
  }

  static let isRoot = LinuxScratch.isRoot
}
