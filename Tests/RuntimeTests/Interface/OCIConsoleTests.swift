import Glibc
import OCISpec
import Testing

@testable import PodShim

/// Which descriptors of the caller a container has: standard streams, those after them, and a
/// terminal of its own.
extension Interface {
  @Suite("Terminals and descriptors")
  struct OCIConsoleTests {
    /// The one descriptor that a runtime sends to a socket.
    private static func master(
      _ socket: borrowing UnixSocket, _ caller: Caller
    ) throws -> OwnedDescriptor {
      guard let connection = try socket.accept() else { throw Caller.Late(what: "a connection") }
      let message = try #require(try connection.receive())
      return try #require(message.descriptors.first)
    }

    private static func read(_ master: OwnedDescriptor, until text: String) throws -> String {
      try master.setNonblocking()
      var said: [UInt8] = []
      var chunk = [UInt8](repeating: 0, count: 4096)
      let deadline = Clock.boot() + .seconds(5)
      while !String(decoding: said, as: UTF8.self).contains(text), Clock.boot() < deadline {
        if let count = try? master.read(into: &chunk) { said += chunk[..<count] }
        usleep(2000)
      }
      return String(decoding: said, as: UTF8.self)
    }

    @Test("A container with a terminal: the master comes by the socket", arguments: RuntimeFace.all)
    func create(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        let path = caller.folder + "/console"
        let socket = try UnixSocket.listen(at: path, kind: .stream)
        let script = "tty; stty size; read word; echo got $word; sleep 99"
        let bundle = try caller.bundle(script: script) { spec in
          spec.process?.terminal = true
          spec.process?.consoleSize = OCISpec.Process.ConsoleSize(height: 33, width: 99)
        }
        try caller.create("c", "--console-socket", path, bundle: bundle)
        let master = try Self.master(socket, caller)
        try caller.succeed("start", "c")
        let first = try Self.read(master, until: "33 99")
        #expect(first.contains("/dev/"), "\(first)")
        #expect(first.contains("33 99"), "\(first)")
        try master.writeAll(Array("a word\n".utf8))
        #expect(try Self.read(master, until: "got a word").contains("got a word"))
      }
    }

    @Test("exec with a terminal: the master comes by the socket", arguments: RuntimeFace.all)
    func exec(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        try caller.start()
        let path = caller.folder + "/console"
        let socket = try UnixSocket.listen(at: path, kind: .stream)
        var process = caller.process(["sh", "-c", "tty; read word; echo got $word"])
        process.terminal = true
        try Files.write(try JSON.pretty(process), to: caller.folder + "/process.json")
        let pidFile = caller.folder + "/exec.pid"
        try caller.succeed(
          "exec", "--process", caller.folder + "/process.json", "--console-socket", path,
          "--detach", "--pid-file", pidFile, "c")
        let pid = try caller.adopt(file: pidFile)
        let master = try Self.master(socket, caller)
        #expect(try Self.read(master, until: "/dev/").contains("/dev/"))
        try master.writeAll(Array("a word\n".utf8))
        #expect(try Self.read(master, until: "got a word").contains("got a word"))
        #expect(try caller.wait(forEndOf: pid) == .exited(0))
      }
    }

    @Test("A terminal without a socket is refused by create", arguments: RuntimeFace.all)
    func noSocket(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        let bundle = try caller.bundle { spec in spec.process?.terminal = true }
        try caller.refuse("create", "--bundle", bundle, "c")
        try caller.refuse(
          "create", "--bundle", bundle, "--console-socket", caller.folder + "/none", "c")
        try caller.refuse("state", "c")
      }
    }

    @Test("The streams of create are the container's", arguments: RuntimeFace.all)
    func streams(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        let bundle = try caller.bundle(
          script: "readlink /proc/self/fd/0; readlink /proc/self/fd/1 >&2; echo > /out/runs")
        let pid = try caller.create(bundle: bundle)
        for number in 0...2 {
          let target = try Files.readLink("/proc/\(pid)/fd/\(number)")
          let wanted = number == 0 ? "/dev/null" : "/memfd:"
          #expect(target.hasPrefix(wanted), "\(number): \(target)")
        }
      }
    }

    @Test("The descriptors after them are kept when that is asked for", arguments: RuntimeFace.all)
    func preserved(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        let bundle = try caller.bundle(
          script: "cat <&3 > /out/three; cat <&4 > /out/four; sleep 99")
        let three = try Program.inputFile(Array("3\n".utf8))
        let four = try Program.inputFile(Array("4\n".utf8))
        for (id, flags) in [("a", ["--preserve-fds", "2"]), ("b", ["--preserve-fds=2"])] {
          try checked("lseek", "three") { lseek(three.raw, 0, SEEK_SET) }
          try checked("lseek", "four") { lseek(four.raw, 0, SEEK_SET) }
          try caller.succeed(
            ["run", "--detach", "--bundle", bundle] + flags + [id],
            descriptors: [three.raw, four.raw])
          try caller.wait(for: "the words") { caller.lines("four") == ["4"] }
          #expect(caller.lines("three") == ["3"])
          try Files.remove(caller.out + "/four")
          try caller.succeed("delete", "--force", id)
        }
      }
    }

    @Test("exec keeps them as well", arguments: RuntimeFace.all)
    func preservedByExec(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        try caller.start()
        let three = try Program.inputFile(Array("3\n".utf8))
        let said = try caller.succeed(
          ["exec", "--preserve-fds", "1", "c", "sh", "-c", "cat <&3"], descriptors: [three.raw])
        #expect(said == "3\n")
      }
    }

    @Test("Others are closed", arguments: RuntimeFace.all)
    func closed(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        let three = try Program.inputFile(Array("3\n".utf8))
        let bundle = try caller.bundle(script: "ls /proc/self/fd; [ ! -e /proc/$$/fd/3 ]")
        let result = try caller.call(["run", "--bundle", bundle, "c"], descriptors: [three.raw])
        #expect(result.status == .exited(0), "\(result.outputText)")
        #expect(result.outputText.hasPrefix("0\n1\n2\n"))
      }
    }

    @Test("Sockets of systemd are handed on", arguments: RuntimeFace.all)
    func listening(face: RuntimeFace) throws {
      let why: Comment = "it does not say whom they are for"
      try Caller.with(face, failing: [.crun: why, .shimOverCrun: why]) { caller in
        let three = try Program.inputFile(Array("3\n".utf8))
        let bundle = try caller.bundle(script: "echo $LISTEN_FDS $LISTEN_PID; cat <&3")
        // The variables are for the process whose number they name.
        let wrapper = ["/bin/sh", "-c", "LISTEN_FDS=1 LISTEN_PID=$$ exec \"$@\"", "sh"]
        let result = try caller.call(
          ["run", "--bundle", bundle, "c"], through: wrapper, descriptors: [three.raw])
        #expect(result.outputText == "1 1\n3\n", "\(result.errorText)")
      }
    }
  }
}
