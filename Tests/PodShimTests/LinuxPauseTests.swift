import Glibc
import Testing

@testable import PodShim

@Suite("Pause keeps namespaces and nothing else")
struct LinuxPauseTests {
  @Test(
    "It ends with status 0 on a signal to end, whatever its arguments",
    arguments: [SIGTERM, SIGINT])
  func signals(signal: CInt) throws {
    for arguments in [["/pause"], ["/pause", "version"]] {
      let child = try Program(LinuxScratch.program(), arguments).spawn()
      defer { stop(child) }
      try #require(eventually { isAsleep(child.pid) })
      #expect(try child.reap() == nil)
      try child.signal(signal)
      #expect(try child.wait() == .exited(0))
    }
  }

  @Test("Any other name is the program itself", arguments: ["pause", "/pause/", "/bin/pause"])
  func otherNames(name: String) throws {
    let result = try Program(LinuxScratch.program(), [name, "version"]).run(timeout: .seconds(20))
    #expect(result.succeeded)
    #expect(!result.output.isEmpty)
  }

  @Test("As PID 1 it reaps orphans, many at once, and a signal from inside ends it")
  func init1() throws {
    // bash is PID 1 until it becomes pause; the orphans end before and after that.
    let script = """
      mount -t proc proc /proc
      for i in $(seq 20); do (sleep 0 & sleep 0.2 & sleep 0.2 &) ; done
      (sleep 0.5; cat /proc/[0-9]*/stat; kill -TERM 1; sleep 60) &
      exec -a /pause \(try LinuxScratch.program())
      """
    let flags = LinuxScratch.isRoot ? "-mpf" : "-Urmpf"
    let result = try Program("/usr/bin/unshare", ["unshare", flags, "bash", "-c", script])
      .run(timeout: .seconds(20))
    #expect(result.status == .exited(0), "\(result.errorText)")
    let processes = result.outputText.split(separator: "\n")
    #expect(processes.contains { $0.hasPrefix("1 (podshim) S ") })
    #expect(!processes.contains { $0.contains(") Z ") })
    #expect(!processes.contains { $0.contains("(sleep)") })
  }

  private func isAsleep(_ pid: pid_t) -> Bool {
    let place = try? Files.readText("/proc/\(pid)/wchan")
    return place?.contains("sigtimedwait") == true
  }
}
