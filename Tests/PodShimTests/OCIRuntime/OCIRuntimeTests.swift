import Glibc
import OCISpec
import PodModel
import Testing

@testable import PodShim

/// What podshim does itself in the place of a runtime, as far as it needs none.
@Suite("In the place of a runtime")
struct OCIRuntimeTests {
  @Test("The program is a runtime by its name, or by its first word")
  func names() {
    #expect(RuntimeProgram(calledAs: ["/usr/bin/podshim-runtime", "list"]) != nil)
    #expect(RuntimeProgram(calledAs: ["podshim-runtime-runc", "list"]) != nil)
    #expect(RuntimeProgram(calledAs: ["podshim", "runtime", "list"]) != nil)
    #expect(RuntimeProgram(calledAs: ["podshim", "get", "runtime"]) == nil)
    #expect(RuntimeProgram(calledAs: ["podshim-runtimes", "list"]) == nil)
    #expect(RuntimeProgram(calledAs: []) == nil)
  }

  @Test("An error is one line of JSON that engines read")
  func complaint() throws {
    let time = try #require(Timestamp("2026-01-02T03:04:05Z"))
    #expect(
      RuntimeComplaint.record("container `a` does not exist", at: time)
        == #"{"level":"error","msg":"container `a` does not exist","time":"2026-01-02T03:04:05Z"}"#)
  }

  @Test("Ids are matched anywhere, by an extended expression")
  func matching() throws {
    let ids = ["web-1", "web-2", "db"]
    #expect(try MatchedCalls.matching(ids, "web-(1|3)") == ["web-1"])
    #expect(try MatchedCalls.matching(ids, "b") == ids)
    #expect(try MatchedCalls.matching(ids, "^b") == [])
    #expect(throws: RuntimeCall.Failure.self) { try MatchedCalls.matching(ids, "(") }
  }

  @Test("Whoever has a record of a container made it")
  func owner() throws {
    let scratch = try LinuxScratch()
    func owner(_ words: String...) throws -> String? {
      RuntimeRecord.owner(try RuntimeCommandLine(["--root", scratch.path] + words))
    }
    for (id, file) in [("a", "status"), ("b", "state.json")] {
      try Files.makeDirectories("\(scratch.path)/\(id)")
      try Files.writeText("{}", to: "\(scratch.path)/\(id)/\(file)")
    }
    #expect(try owner("state", "a") == "crun")
    #expect(try owner("kill", "b", "9") == "runc")
    #expect(try owner("state", "c") == nil)
    #expect(try owner("create", "b") == nil)
    #expect(try owner("state", "../a") == nil)
  }

  @Test("Of a container of crun the record tells whether it has ended")
  func ended() throws {
    let scratch = try LinuxScratch()
    func hasEnded(_ pid: Int32, _ start: UInt64) throws -> Bool? {
      let file = scratch.path + "/status"
      try Files.writeText(#"{"pid":\#(pid),"process-start-time":\#(start)}"#, to: file)
      return RuntimeRecord.hasEnded(crun: file)
    }
    let start = try #require(PidFD.startTime(of: getpid()))
    #expect(try hasEnded(getpid(), start) == false)
    #expect(try hasEnded(getpid(), start + 1) == true)
    #expect(RuntimeRecord.hasEnded(crun: scratch.path + "/none") == nil)
  }

  @Test("Only what has the form of a uid is looked for as one")
  func uids() {
    #expect(PodOperand.isUID("3f2b1c00-aaaa-bbbb-cccc-0123456789ab"))
    // As long, with as many dashes, and a way out of the folder.
    #expect(!PodOperand.isUID("../../../../tmp/rev.cbFr/xzz-a-b-c-q"))
    #expect(!PodOperand.isUID("../../..-aaaa-bbbb-cccc-0123456789ab"))
    #expect(!PodOperand.isUID(String(repeating: "a", count: 36)))
    #expect(!PodOperand.isUID("3f2b1c00-aaaa-bbbb-cccc-0123456789a\u{0131}"))
  }

  @Test("The groups of a process are found by their controllers")
  func groups() {
    let groups = ContainerCgroup(pid: getpid())
    #expect(groups.folder("memory").map(Files.isDirectory) == true)
  }
}
