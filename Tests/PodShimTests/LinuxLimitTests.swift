import Glibc
import Testing

@testable import PodShim

/// What changes the whole process happens in a process of its own.
@Suite("Program at the limits of the process")
struct LinuxLimitTests {
  @Test("Without a free descriptor nothing is started, with one the program runs")
  func descriptors() async {
    await #expect(processExitsWith: .success) {
      var held: [OwnedDescriptor] = []
      var limit = try Limit.get(.files)
      limit.soft = 100
      try limit.set(.files)
      while true {
        let raw = fcntl(0, F_DUPFD_CLOEXEC, 0)
        if raw < 0 { break }
        held.append(OwnedDescriptor(owning: raw))
      }
      let program = Program("/bin/true", ["true"])
      let expected = SyscallError("clone", "/bin/true", errno: EMFILE)
      #expect(throws: expected) { try program.spawn() }
      #expect(throws: SyscallError.self) { try program.run() }
      held.removeLast()
      #expect(try program.spawn().wait() == .exited(0))
      // The free one goes to the old 0 on its way to 1, so /dev/null must do with 0 itself.
      var moving = program
      moving.descriptors = [-1, 0, 2]
      #expect(try moving.spawn().wait() == .exited(0))
      held.removeAll()
      #expect(try program.run().status == .exited(0))
    }
  }

  @Test("A descriptor number beyond the limit is an error of its place")
  func descriptorNumber() async {
    await #expect(processExitsWith: .success) {
      var limit = try Limit.get(.files)
      limit.soft = 100
      try limit.set(.files)
      var program = Program("/bin/true", ["true"])
      program.descriptors = [CInt](repeating: 2, count: 120)
      let expected = SyscallError("dup", "/bin/true: descriptor 100", errno: EBADF)
      #expect(throws: expected) { try program.spawn() }
    }
  }

  @Test("Without a free process nothing is started")
  func processes() async {
    await #expect(processExitsWith: .success) {
      // Root is not limited.
      if getuid() == 0 { try checked("setuid", "54321") { setuid(54321) } }
      try Limit(soft: 1, hard: 1).set(.processes)
      let expected = SyscallError("clone", "/bin/true", errno: EAGAIN)
      #expect(throws: expected) { try Program("/bin/true", ["true"]).spawn() }
    }
  }

  @Test("A failed start leaves no child behind")
  func noZombie() async {
    await #expect(processExitsWith: .success) {
      #expect(throws: SyscallError.self) { try Program("/nowhere/tool", ["tool"]).spawn() }
      #expect(errorNumber { try Process.reap(-1) } != nil)
      var status: CInt = 0
      #expect(waitpid(-1, &status, WNOHANG) == -1 && errno == ECHILD)
    }
  }

  @Test("The program starts with an empty signal mask and default dispositions")
  func signals() async {
    await #expect(processExitsWith: .success) {
      try Signals.block([SIGTERM, SIGINT, SIGCHLD])
      try Signals.ignore(SIGPIPE)
      try Signals.ignore(SIGHUP)
      let before = try masks(of: Files.readText("/proc/thread-self/status"))
      let status = try Program("/bin/cat", ["cat", "/proc/self/status"]).run().outputText
      #expect(masks(of: status) == [0, 0])
      // Ours are as they were.
      let after = try masks(of: Files.readText("/proc/thread-self/status"))
      #expect(after == before)
      #expect(after[0] & 0x14002 == 0x14002 && after[1] & 0x1001 == 0x1001)
    }
  }

  @Test("The death signal reaches the program when we end")
  func deathSignal() async throws {
    let scratch = try LinuxScratch()
    let path = scratch["pid"]
    await #expect(processExitsWith: .success) { [path = path as String] in
      var program = Program("/bin/sleep", ["sleep", "60"])
      program.deathSignal = SIGKILL
      let child = try program.spawn()
      try Files.writeText("\(child.pid)", to: path)
    }
    let pid = try #require(pid_t(try Files.readText(path)))
    let gone = eventually {
      let state = try? Files.readText("/proc/\(pid)/stat")
      return state == nil || state?.contains(") Z ") == true
    }
    #expect(gone)
    if !gone { kill(pid, SIGKILL) }
  }
}

/// What a process blocks and what it ignores.
private func masks(of status: String) -> [UInt64] {
  ["SigBlk:\t", "SigIgn:\t"].flatMap { name in
    status.split(separator: "\n").filter { $0.hasPrefix(name) }
      .compactMap { UInt64($0.dropFirst(name.count), radix: 16) }
  }
}
