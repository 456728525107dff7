import Glibc
import Testing

@testable import PodShim

@Suite("Child and Process read each exit once, by name")
struct LinuxChildTests {
  @Test("The status is kept after the process is gone")
  func statusIsKept() throws {
    let child = try Program("/bin/sh", ["sh", "-c", "exit 7"]).spawn()
    #expect(try child.wait() == .exited(7))
    #expect(try child.wait() == .exited(7))
    #expect(try child.reap() == .exited(7))
    #expect(child.status == .exited(7))
    // Its number may be somebody else's by now.
    try child.signal(SIGKILL)
  }

  @Test("A process that runs has no status yet, and a signal is told from a code")
  func signals() throws {
    let child = try Program("/bin/sleep", ["sleep", "60"]).spawn()
    defer { stop(child) }
    #expect(try child.reap() == nil)
    try child.signal(SIGKILL)
    #expect(try child.wait() == .signaled(SIGKILL))
    #expect(try child.wait().code == 137)
  }

  @Test("The pidfd is readable once the process has exited")
  func pidfd() throws {
    let child = try Program("/bin/sleep", ["sleep", "60"]).spawn()
    defer { stop(child) }
    let epoll = try Epoll()
    try epoll.add(child.pidfd.raw, events: .readable, token: 9)
    #expect(try epoll.wait(timeoutMilliseconds: 0).isEmpty)
    try child.signal(SIGTERM)
    #expect(try epoll.wait(timeoutMilliseconds: 5000).map(\.token) == [9])
    #expect(try child.reap() == .signaled(SIGTERM))
  }

  @Test("An exit can be looked at again and again until it is reaped")
  func peek() async {
    await #expect(processExitsWith: .success) {
      #expect(try Process.peek() == nil)
      let sleeper = try Program("/bin/sleep", ["sleep", "60"]).spawn()
      #expect(try Process.peek() == nil)
      let child = try Program("/bin/sh", ["sh", "-c", "exit 5"]).spawn()
      let expected = Process.Exit(pid: child.pid, status: .exited(5))
      #expect(try eventually { try Process.peek() == expected })
      #expect(try Process.peek() == expected)
      #expect(try Process.reap(sleeper.pid) == nil)
      #expect(try Process.reap(child.pid) == expected)
      #expect(try Process.peek() == nil)
      #expect(errorNumber { try Process.reap(child.pid) } == ECHILD)
      try sleeper.signal(SIGKILL)
      #expect(try eventually { try Process.peek()?.status == .signaled(SIGKILL) })
    }
  }

  @Test("A subreaper reads the exits of its orphans")
  func subreaper() async {
    await #expect(processExitsWith: .success) {
      try Process.becomeSubreaper()
      let script = "(sleep 0.1; exit 9) & echo $!"
      let orphan = pid_t(
        try Program("/bin/sh", ["sh", "-c", script]).run().outputText.dropLast())
      let pid = try #require(orphan)
      let expected = Process.Exit(pid: pid, status: .exited(9))
      #expect(try eventually { try Process.peek() == expected })
      #expect(try Process.reap(pid) == expected)
    }
  }

  @Test("The start time tells two processes of one number apart")
  func startTime() throws {
    #expect(PidFD.startTime(of: getpid()) != nil)
    #expect(PidFD.startTime(of: 0) == nil)
    let stat = "42 (a) b (c)) S 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 777 19 20\n"
    #expect(PidFD.startTime(stat: stat) == 777)
    #expect(PidFD.startTime(stat: "42 (a") == nil)
    #expect(PidFD.startTime(stat: "42 (a) S 1") == nil)
  }

  @Test("A pidfd signals its process, and nobody once it is gone")
  func pidfdSignal() throws {
    let child = try Program("/bin/sleep", ["sleep", "60"]).spawn()
    defer { stop(child) }
    let pidfd = try PidFD.open(child.pid)
    try PidFD.signal(pidfd.raw, SIGTERM)
    #expect(try child.wait() == .signaled(SIGTERM))
    #expect(errorNumber { try PidFD.signal(pidfd.raw, SIGTERM) } == ESRCH)
  }
}
