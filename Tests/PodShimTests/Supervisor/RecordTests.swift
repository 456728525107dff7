import PodModel
import Testing

@testable import PodShim

/// What keeper, supervisor and commands write for each other, and read again.
@Suite struct RecordTests {
  private func withFolder(_ body: (String) throws -> Void) throws {
    let folder = "/tmp/podshim-record-\(UInt64.random(in: 0 ... .max))"
    try Files.makeDirectories(folder)
    defer { try? Files.removeTree(folder) }
    try body(folder)
  }

  @Test(arguments: [
    Journal.Entry(pid: 12, status: .exited(7), at: .nanoseconds(1_234_567_890)),
    Journal.Entry(pid: 1, status: .signaled(9), at: .seconds(3)),
  ])
  func `a line of the journal says what it was told`(entry: Journal.Entry) {
    #expect(Journal.parse(String(Journal.line(entry).dropLast())) == entry)
  }

  @Test func `a life of another start of the host is over, or it is not true`() throws {
    try withFolder { folder in
      let host = HostPaths(root: folder, state: folder, environment: [:], isRoot: true)
      let paths = host.pod(uid: "uid")
      try Files.makeDirectories(paths.state)
      var life = PodLife(LifeSpec(Pod()))
      func read(bootID: String) throws -> Snapshot? {
        var snapshot = Snapshot(life: life)
        snapshot.bootID = bootID
        try snapshot.write(to: paths.life)
        return try Snapshot.read(paths)
      }
      #expect(try read(bootID: Clock.bootID)?.life == life)
      #expect(try read(bootID: "another") == nil)
      _ = life.handle(.deletionRequested(grace: .zero), at: .seconds(1))
      try #require(life.isFinished)
      #expect(try read(bootID: "another")?.life == life)
    }
  }

  @Test(arguments: ["", "12 exited 7", "x exited 7 1", "12 gone 7 1", "12 exited 7 1 2"])
  func `a line that is none is passed over`(line: String) {
    #expect(Journal.parse(line) == nil)
  }

  @Test func `the journal is read from where it was left, whole lines only`() throws {
    try withFolder { folder in
      let path = folder + "/journal"
      try Files.writeText("1 exited 0 5\n2 exi", to: path)
      var journal = Journal(path: path)
      #expect(try journal.readNew().map(\.entry.pid) == [1])
      #expect(try journal.readNew().isEmpty)
      try Files.writeText("1 exited 0 5\n2 exited 3 6\n", to: path)
      let last = try #require(try journal.readNew().last)
      #expect(last.entry == Journal.Entry(pid: 2, status: .exited(3), at: .nanoseconds(6)))
      #expect(last.position == 13)
    }
  }

  @Test func `who reads the whole journal again tells an end from one that was before`() throws {
    try withFolder { folder in
      let path = folder + "/journal"
      try Files.writeText("1 exited 0 5\n2 exited 3 6\n", to: path)
      let table = ProcessTable(journal: path)
      try table.read()
      var codes: [CInt] = []
      table.expect(2, since: 13) { status, _ in codes.append(status.code) }
      table.expect(1, since: 13) { status, _ in codes.append(status.code) }
      #expect(codes == [3])
    }
  }

  @Test func `an end that came before anybody asked is told at once`() throws {
    try withFolder { folder in
      let path = folder + "/journal"
      try Files.writeText("1 exited 4 5\n", to: path)
      let table = ProcessTable(journal: path)
      let position = table.position
      try table.read()
      var told: [CInt] = []
      table.expect(1, since: position) { status, _ in told.append(status.code) }
      #expect(told == [4])
      // Nobody hears of it twice.
      table.expect(1, since: position) { status, _ in told.append(status.code) }
      #expect(told.count == 1)
    }
  }

  @Test func `an end from before the process was begun is somebody else's`() throws {
    try withFolder { folder in
      let path = folder + "/journal"
      try Files.writeText("1 exited 4 5\n", to: path)
      let table = ProcessTable(journal: path)
      try table.read()
      var told: [CInt] = []
      table.expect(1, since: table.position) { status, _ in told.append(status.code) }
      #expect(told.isEmpty)
      try Files.writeText("1 exited 4 5\n1 signaled 9 6\n", to: path)
      try table.read()
      #expect(told == [137])
    }
  }

  @Test func `a process record is read as it was written`() throws {
    try withFolder { folder in
      let record = ProcessRecord(run: 3, pid: 4711, position: 99)
      #expect(ProcessRecord(bundle: folder) == nil)
      try record.write(to: folder)
      #expect(ProcessRecord(bundle: folder) == record)
    }
  }

  @Test(arguments: [
    KeeperMessage.hold("web/0 stdout"), .drop("web/0 stdin-reader"), .held("a/1 terminal"),
    .ready, .finish, .journal,
  ])
  func `keeper and supervisor understand each other`(message: KeeperMessage) {
    #expect(KeeperMessage(message.bytes) == message)
  }

  @Test func `frames come out of a stream whole, in order, however it is cut`() throws {
    let frames = [
      AttachFrame(kind: .input, payload: Array("ls\n".utf8)),
      AttachFrame(kind: .resize, payload: [0, 24, 0, 80]),
      AttachFrame(kind: .inputEnd, payload: []),
    ]
    var buffer: [UInt8] = []
    var taken: [AttachFrame] = []
    for byte in frames.flatMap(\.bytes) {
      buffer.append(byte)
      taken += try #require(AttachFrame.take(from: &buffer))
    }
    #expect(taken == frames)
    #expect(buffer.isEmpty)
  }

  @Test func `a frame of no kind, or too long to be one, is refused`() {
    var kindless: [UInt8] = [9, 0, 0, 0, 0]
    #expect(AttachFrame.take(from: &kindless) == nil)
    var endless: [UInt8] = [0, 0xff, 0, 0, 0]
    #expect(AttachFrame.take(from: &endless) == nil)
  }
}
