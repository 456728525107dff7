import Glibc
import Testing

@testable import PodShim

@Suite("Program starts what it is told and nothing else")
struct LinuxProgramTests {
  @Test("Both outputs and the status are collected")
  func outputs() throws {
    let shell = Program("/bin/sh", ["sh", "-c", "cat; echo bad >&2; exit 3"])
    let result = try shell.run(input: Array("hello".utf8))
    #expect(result.outputText == "hello")
    #expect(result.errorText == "bad\n")
    #expect(result.status == .exited(3))
    #expect(!result.succeeded)
  }

  @Test("Outputs larger than any pipe do not stop the program")
  func largeOutputs() throws {
    let script = "head -c 3000000 /dev/zero; head -c 2000000 /dev/zero >&2; wc -c"
    let result = try Program("/bin/sh", ["sh", "-c", script])
      .run(input: [UInt8](repeating: 0, count: 1_000_000))
    #expect(result.output.count == 3_000_000 + "1000000\n".utf8.count)
    #expect(result.errors.count == 2_000_000)
  }

  @Test("A daemon that holds the output does not hold us")
  func daemon() throws {
    let before = Clock.boot()
    let result = try Program("/bin/sh", ["sh", "-c", "sleep 30 & echo $!"]).run()
    #expect(Clock.boot() - before < .seconds(10))
    let pid = try #require(pid_t(result.outputText.dropLast()))
    kill(pid, SIGKILL)
  }

  @Test("A program that is too slow is killed")
  func timeout() throws {
    let before = Clock.boot()
    let slow = Program("/bin/sleep", ["sleep", "30"])
    #expect(errorNumber { _ = try slow.run(timeout: .milliseconds(50)) } == ETIMEDOUT)
    #expect(Clock.boot() - before < .seconds(10))
  }

  @Test("Only the standard three are open, and 0 and 1 are /dev/null, unless more is named")
  func inheritance() throws {
    let leak = open("/etc/passwd", O_RDONLY)
    defer { close(leak) }
    // The fourth is the directory that ls reads.
    let listing = try Program("/bin/ls", ["ls", "/proc/self/fd"]).run()
    #expect(listing.outputText == "0\n1\n2\n3\n")

    let pipe = try Pipe.make()
    let script = #"x=$(readlink /proc/$$/fd/0 /proc/$$/fd/1); echo "$x" >&2"#
    var program = Program("/bin/sh", ["sh", "-c", script])
    program.descriptors = [-1, -1, pipe.writer.raw]
    #expect(try program.spawn().wait() == .exited(0))
    var text = [UInt8](repeating: 0, count: 100)
    let count = try #require(try pipe.reader.read(into: &text))
    #expect(String(decoding: text[..<count], as: UTF8.self) == "/dev/null\n/dev/null\n")
  }

  @Test("Descriptors whose numbers overlap all arrive where they belong")
  func overlap() throws {
    let scratch = try LinuxScratch()
    var held: [OwnedDescriptor] = []
    for name in ["a", "b", "c"] {
      try Files.writeText(name, to: scratch[name])
      let file = try FileDescriptor.open(scratch[name], O_RDONLY)
      // Above what other tests use, below what a program may be given.
      held.append(OwnedDescriptor(owning: fcntl(file.raw, F_DUPFD_CLOEXEC, 120)))
    }
    let raws = held.map(\.raw)
    #expect(raws.allSatisfy { (120..<250).contains($0) })
    // A ring, one that stays, and one that is wanted twice.
    let wanted = [
      raws[0]: raws[1], raws[1]: raws[2], raws[2]: raws[0], 250: raws[0], 119: raws[2],
    ]
    var program = Program("/bin/cat", ["cat"])
    let pipe = try Pipe.make()
    program.descriptors = (0...250).map { wanted[$0] ?? -1 }
    program.descriptors[1] = pipe.writer.raw
    program.descriptors[2] = 2
    let order = [raws[0], raws[1], raws[2], 250, 119]
    program.arguments += order.map { "/proc/self/fd/\($0)" }
    #expect(try program.spawn().wait() == .exited(0))
    var text = [UInt8](repeating: 0, count: 100)
    let count = try #require(try pipe.reader.read(into: &text))
    #expect(String(decoding: text[..<count], as: UTF8.self) == "bcaac")
  }

  @Test("A descriptor that keeps its number is no longer closed on exec")
  func sameNumber() throws {
    let scratch = try LinuxScratch()
    try Files.writeText("same", to: scratch["a"])
    let file = try FileDescriptor.open(scratch["a"], O_RDONLY)
    let high = OwnedDescriptor(owning: fcntl(file.raw, F_DUPFD_CLOEXEC, 120))
    var program = Program("/bin/cat", ["cat", "/proc/self/fd/\(high.raw)"])
    program.descriptors += [CInt](repeating: -1, count: Int(high.raw) - 2)
    program.descriptors[Int(high.raw)] = high.raw
    #expect(try program.run().outputText == "same")
  }

  @Test("The working directory and the environment are the given ones")
  func surroundings() throws {
    let scratch = try LinuxScratch()
    var program = Program("/bin/sh", ["sh", "-c", "pwd; echo $COLOUR-$HOME"])
    program.directory = scratch.path
    program.environment = ["COLOUR=red"]
    #expect(try program.run().outputText == "\(scratch.path)\nred-\n")
  }

  @Test("A terminal becomes the controlling one of a new session")
  func terminal() throws {
    let terminal = try Terminal.openPseudoTerminal()
    let slave = try FileDescriptor.open(terminal.slavePath, O_RDWR | O_NOCTTY)
    // The sixth field is the session.
    let script = "set -- $(cat /proc/$$/stat); echo hi > /dev/tty; echo session $6 >&2"
    var program = Program("/bin/sh", ["sh", "-c", script])
    program.descriptors = [slave.raw, slave.raw, slave.raw]
    program.newSession = true
    program.controllingTerminal = true
    let child = try program.spawn()
    #expect(try child.wait() == .exited(0))
    try terminal.master.setNonblocking()
    var chunk = [UInt8](repeating: 0, count: 100)
    var said: [UInt8] = []
    let expected = Array("hi\r\nsession \(child.pid)\r\n".utf8)
    #expect(
      try eventually {
        if let count = try terminal.master.read(into: &chunk) { said += chunk[..<count] }
        return said == expected
      })
  }

  @Test("A name is searched in PATH, and a directory is not a program")
  func find() throws {
    let scratch = try LinuxScratch()
    try Files.makeDirectories(scratch["a/tool"])
    try Files.makeDirectories(scratch["b"])
    try Files.writeText("", to: scratch["b/tool"], mode: 0o755)
    try Files.writeText("", to: scratch["b/data"], mode: 0o644)
    let path = "\(scratch["a"]):\(scratch["b"])"
    #expect(Program.find("tool", path: path) == scratch["b/tool"])
    #expect(Program.find("data", path: path) == nil)
    #expect(Program.find(scratch["b/tool"]) == scratch["b/tool"])
    #expect(Program.find(scratch["nothing"]) == nil)
  }
}

@Suite("Program says what went wrong")
struct LinuxProgramErrorTests {
  @Test("A program that cannot be executed is an error of spawn")
  func exec() {
    #expect(throws: SyscallError("execve", "/nowhere/tool", errno: ENOENT)) {
      try Program("/nowhere/tool", ["tool"]).spawn()
    }
    #expect(throws: SyscallError("execve", "/etc/passwd", errno: EACCES)) {
      try Program("/etc/passwd", ["passwd"]).spawn()
    }
  }

  @Test("A directory that cannot be entered is named")
  func directory() {
    var program = Program("/bin/true", ["true"])
    program.directory = "/nowhere"
    #expect(throws: SyscallError("chdir", "/nowhere", errno: ENOENT)) { try program.spawn() }
  }

  @Test("A descriptor that is not open is named by its place")
  func descriptor() {
    var program = Program("/bin/true", ["true"])
    program.descriptors = [-1, -1, 2, 9999]
    let expected = SyscallError("dup", "/bin/true: descriptor 3", errno: EBADF)
    #expect(throws: expected) { try program.spawn() }
  }

  @Test("More descriptors than can be given are refused")
  func tooMany() {
    var program = Program("/bin/true", ["true"])
    program.descriptors = [CInt](repeating: -1, count: 257)
    #expect(throws: SyscallError("clone", "/bin/true", errno: E2BIG)) { try program.spawn() }
  }

  @Test("What is not a namespace is named by its place")
  func namespace() throws {
    let file = try FileDescriptor.open("/etc/passwd", O_RDONLY)
    var program = Program("/bin/true", ["true"])
    program.namespaces = [file.raw]
    let expected = SyscallError("setns", "/bin/true: namespace 0", errno: EINVAL)
    #expect(throws: expected) { try program.spawn() }
  }

  @Test("What is not a terminal cannot control a session")
  func terminal() {
    var program = Program("/bin/true", ["true"])
    program.newSession = true
    program.controllingTerminal = true
    let expected = SyscallError("TIOCSCTTY", "/bin/true", errno: ENOTTY)
    #expect(throws: expected) { try program.spawn() }
  }
}
