import Glibc
import Testing

@testable import PodShim

@Suite("The mount table is read as the kernel writes it")
struct MountTableTests {
  @Test("Every field has its place, with and without propagation")
  func fields() throws {
    let mount = "36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 propagate_from:2"
    let line = mount + " - ext3 /dev/root rw,errors=continue"
    let entry = try #require(MountEntry(line: line[...]))
    #expect(entry.id == 36 && entry.parent == 35)
    #expect(entry.device == "98:0" && entry.root == "/mnt1" && entry.path == "/mnt2")
    #expect(entry.options == ["rw", "noatime"])
    #expect(entry.propagation == ["master:1", "propagate_from:2"])
    #expect(entry.type == "ext3" && entry.source == "/dev/root")
    #expect(entry.superOptions == ["rw", "errors=continue"])
    #expect(MountEntry(line: "1 2 0:3 / /a rw - tmpfs  rw")?.source == "")
    #expect(MountEntry(line: "1 2 0:3 / /a rw - tmpfs") == nil)
    #expect(MountEntry(line: "") == nil)
  }

  @Test("Blanks and backslashes are given back")
  func escapes() {
    let entry = MountEntry(line: #"1 2 0:3 / /a\040b\134c\01 rw - tmpfs x\011y rw"#)
    #expect(entry?.path == #"/a b\c\01"#)
    #expect(entry?.source == "x\ty")
  }

  @Test("Our own table has a root")
  func own() throws {
    #expect(try Mount.table().contains { $0.path == "/" })
    #expect(try FileSystem.of("/proc") == nil)
  }
}

/// Each in a process and a mount namespace of its own.
@Suite("Mounts and namespaces", .enabled(if: LinuxScratch.isRoot, "needs root"))
struct LinuxMountTests {
  @Test("A read-only bind is read-only with all that is mounted in it")
  func bind() async throws {
    let scratch = try LinuxScratch()
    let path = scratch.path
    await #expect(processExitsWith: .success) { [path = path as String] in
      try enterPrivateMounts()
      try Files.makeDirectories("\(path)/source/inner")
      try Files.makeDirectories("\(path)/target")
      try Mount.tmpfs(at: "\(path)/source/inner", options: ["size=64k", "mode=700"])
      try Mount.bind("\(path)/source", at: "\(path)/target", readOnly: true)
      for name in ["target/x", "target/inner/x"] {
        #expect(errorNumber { try Files.write([], to: "\(path)/\(name)") } == EROFS)
      }
      try Files.write([], to: "\(path)/source/inner/x")
      let entries = try Mount.table().filter { $0.path.hasPrefix("\(path)/target") }
      #expect(entries.map(\.path) == ["\(path)/target", "\(path)/target/inner"])
      #expect(entries.allSatisfy { $0.options.contains("ro") })
      #expect(entries.last?.superOptions.contains("size=64k") == true)
      try Mount.unmount("\(path)/target")
      #expect(errorNumber { try Mount.unmount("\(path)/target") } == EINVAL)
    }
  }

  @Test("An overlay shows its layers, the first on top")
  func overlay() async throws {
    let scratch = try LinuxScratch()
    let path = scratch.path
    await #expect(processExitsWith: .success) { [path = path as String] in
      try enterPrivateMounts()
      let lower = try layers(["a", "b"], in: path)
      try Mount.overlay(
        lower: lower, upper: "\(path)/upper", work: "\(path)/work", at: "\(path)/merged")
      #expect(try Files.readText("\(path)/merged/same") == "a")
      #expect(try Files.list("\(path)/merged") == ["a", "b", "same"])
      try Files.writeText("new", to: "\(path)/merged/same")
      #expect(try Files.readText("\(path)/upper/same") == "new")
      #expect(try Files.readText("\(lower[0])/same") == "a")
      #expect(try FileSystem.of("\(path)/merged") == .overlay)
    }
  }

  @Test("Directories with colons, commas and backslashes are overlaid too")
  func awkwardOverlay() async throws {
    let scratch = try LinuxScratch()
    let path = scratch.path
    await #expect(processExitsWith: .success) { [path = path as String] in
      try enterPrivateMounts()
      let lower = try layers(["with:colon", "with,comma", #"with\backslash"#], in: path)
      try Mount.overlay(
        lower: lower, upper: "\(path)/upper", work: "\(path)/work", at: "\(path)/merged")
      #expect(try Files.readText("\(path)/merged/same") == "with:colon")
      #expect(try Files.list("\(path)/merged").count == 4)
    }
  }

  @Test("As many layers as an image may have are overlaid, however long their names")
  func manyLayers() async throws {
    let scratch = try LinuxScratch()
    let path = scratch.path
    await #expect(processExitsWith: .success) { [path = path as String] in
      try enterPrivateMounts()
      let long = String(repeating: "long", count: 40)
      let lower = try layers((1...127).map { "\(long)\($0)" }, in: path)
      try Mount.overlay(
        lower: lower, upper: "\(path)/upper", work: "\(path)/work", at: "\(path)/merged")
      #expect(try Files.readText("\(path)/merged/same") == "\(long)1")
      #expect(try Files.list("\(path)/merged").count == 128)
    }
  }

  @Test("A program is started in the namespaces that it is given")
  func namespaces() async throws {
    await #expect(processExitsWith: .success) {
      try enterPrivateMounts()
      let holder = try Program("/usr/bin/unshare", ["unshare", "-nu", "sleep", "60"]).spawn()
      defer { kill(holder.pid, SIGKILL) }
      let kinds = [Namespace.Kind.net, .uts]
      func link(_ pid: String, _ kind: Namespace.Kind) throws -> String {
        try Files.readLink("/proc/\(pid)/ns/\(kind.rawValue)")
      }
      for kind in kinds {
        #expect(try eventually { try link("\(holder.pid)", kind) != link("self", kind) })
      }
      let held = try kinds.map {
        OwnedDescriptor(try Namespace.open(pid: holder.pid, kind: $0))
      }
      var program = Program(
        "/bin/readlink", ["readlink", "/proc/self/ns/net", "/proc/self/ns/uts"])
      program.namespaces = held.map(\.raw)
      let expected = try kinds.map { try link("\(holder.pid)", $0) + "\n" }.joined()
      #expect(try program.run().outputText == expected)

      // Their numbers are wanted for something else.
      program.descriptors += [CInt](repeating: -1, count: 200)
      #expect(try program.run().outputText == expected)

      try Namespace.enter(path: Namespace.path(pid: holder.pid, kind: .net))
      let own = try Files.readLink("/proc/thread-self/ns/net")
      #expect(try own == link("\(holder.pid)", .net))
    }
  }
}

/// What this process mounts from now on nobody else sees.
private func enterPrivateMounts() throws {
  try Namespace.unshare([.mnt])
  try Mount.makePrivate("/")
}

/// Layers that each hold a file of their own name and one that all have, and an overlay's other
/// directories.
private func layers(_ names: [String], in path: String) throws -> [String] {
  for name in ["upper", "work", "merged"] { try Files.makeDirectories("\(path)/\(name)") }
  return try names.map { name in
    try Files.makeDirectories("\(path)/layers/\(name)")
    try Files.writeText(name, to: "\(path)/layers/\(name)/\(name)")
    try Files.writeText(name, to: "\(path)/layers/\(name)/same")
    return "\(path)/layers/\(name)"
  }
}
