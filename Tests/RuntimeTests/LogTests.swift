import Glibc
import PodModel
import Testing

@testable import PodShim

/// What a container prints, on its way through pipe, spool and log file.
extension Pods {
  @Suite("logs shows what a container printed, byte for byte")
  struct LogTests {
    @Test("The file has the CRI format", arguments: RuntimeKind.all)
    func format(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        let script = "echo out; echo err >&2; echo; echo '  two  blanks  '; printf end"
        try world.create(Spec.shell(script, pod: "restartPolicy: Never"))
        _ = try world.end()
        let uid = try world.uid()
        let path = "\(world.root)/log/pods/default_pod_\(uid)/main/0.log"
        let lines = try Files.readText(path).split(
          separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count == 6)
        let time = #/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}(Z|[+-]\d\d:\d\d) /#
        let rests = lines.dropLast().map { String($0.trimmingPrefix(time)) }
        #expect(lines.dropLast().allSatisfy { $0.starts(with: time) })
        #expect(rests.filter { $0.hasPrefix("stderr") } == ["stderr F err"])
        let output = ["stdout F out", "stdout F ", "stdout F   two  blanks  ", "stdout P end"]
        #expect(rests.filter { $0.hasPrefix("stdout") } == output)
        let printed = try world.run(["logs", "pod"]).output
        #expect(printed.count == "out\nerr\n\n  two  blanks  \nend".utf8.count)
      }
    }

    @Test("A line of a megabyte stays one line", arguments: RuntimeKind.all)
    func longLine(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        let script = "head -c 1048576 /dev/zero | tr '\\0' x; echo; echo next"
        try world.create(Spec.shell(script, pod: "restartPolicy: Never"))
        #expect(try world.end().exitCode == 0)
        let expected =
          [UInt8](repeating: UInt8(ascii: "x"), count: 1 << 20) + Array("\nnext\n".utf8)
        #expect(try world.run(["logs", "pod"]).output == expected)
      }
    }

    @Test("Bytes that are no text come through", arguments: RuntimeKind.all)
    func binary(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        let bytes = (0..<200_000).map { _ in UInt8.random(in: 0...255) }
        try Files.write(bytes, to: world.folder + "/bytes")
        let volume = "{name: file, hostPath: {path: \(world.folder)/bytes, type: File}}"
        try world.create(
          Spec.shell(
            "cat /bytes", pod: "restartPolicy: Never\nvolumes: [\(volume)]",
            container: "volumeMounts: [{name: file, mountPath: /bytes}]"))
        #expect(try world.end().exitCode == 0)
        #expect(try world.run(["logs", "pod"]).output == bytes)
      }
    }

    @Test("Five megabytes in a moment come through", arguments: RuntimeKind.all)
    func flood(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try world.create(Spec.shell("seq 1 700000", pod: "restartPolicy: Never"))
        #expect(try world.end().exitCode == 0)
        let expected = Array((1...700_000).map { "\($0)\n" }.joined().utf8)
        let folder = try world.logFolder()
        // Times and streams make a log of 36 megabytes of it.
        #expect(world.logFiles(folder).count == 4)
        #expect(try world.printed(folder) == expected)
        // As kubectl, it shows the present file.
        let shown = try world.run(["logs", "pod"]).output
        #expect(!shown.isEmpty && shown.count < expected.count / 2)
        #expect(expected.suffix(shown.count).elementsEqual(shown))
      }
    }

    @Test(
      "A log is rotated and its supervisor killed meanwhile: every line is there once, in order",
      arguments: RuntimeKind.all)
    func rotation(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        world.rotateLogs(at: 10_000, keeping: 1000)
        let script = """
          i=0; while [ $i -lt 4000 ]; do i=$((i+1)); echo "line $i"; usleep 300; done; exit 6
          """
        try world.create(
          Spec.shell(
            script, pod: "restartPolicy: Never",
            container: "terminationMessagePolicy: FallbackToLogsOnError"))
        try world.waitUntilRunning()
        let folder = try world.logFolder()
        let follower = try Dialogue(world.program(["logs", "pod", "-f"]))
        for count in [3, 6, 9, 12] {
          try world.wait(for: "\(count) files") { world.logFiles(folder).count > count }
          try world.killSupervisor()
        }
        let end = try world.end()
        #expect(end.exitCode == 6)
        let lines = (1...4000).map { "line \($0)\n" }
        #expect(try world.printed(folder) == Array(lines.joined().utf8))
        #expect(try follower.end() == .exited(0))
        #expect(lines.joined().hasSuffix(follower.text))
        #expect(follower.text.utf8.count > lines.joined().utf8.count / 2)
        #expect(end.message == lines.suffix(80).joined())
        #expect(world.logFiles(folder).contains { $0.hasSuffix(".gz") })
        #expect(try Files.list(folder).allSatisfy { !$0.hasSuffix(".tmp") })
        try world.podshim("delete", "pod", "pod")
        try world.expectNoTraces()
      }
    }

    @Test("Of a flood the last files stay, and no more", arguments: RuntimeKind.all)
    func limit(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        world.rotateLogs(at: 100_000, keeping: 3)
        try world.create(Spec.shell("seq 1 200000", pod: "restartPolicy: Never"))
        #expect(try world.end().exitCode == 0)
        let folder = try world.logFolder()
        #expect(world.logFiles(folder).count == 3)
        #expect(try Files.list(folder).count == 3)
        let all = Array((1...200_000).map { "\($0)\n" }.joined().utf8)
        let kept = try world.printed(folder)
        #expect(kept.count > 10_000 && all.suffix(kept.count).elementsEqual(kept))
      }
    }

    @Test("-f goes on until the container ends, --tail begins late", arguments: RuntimeKind.all)
    func follow(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        let script = """
          seq 1 5; while [ ! -e /go ]; do sleep 0.05; done; echo after
          while [ ! -e /end ]; do sleep 0.05; done; echo last
          """
        try world.create(Spec.shell(script, pod: "restartPolicy: Never"))
        try world.wait(untilLogged: "5\n")
        #expect(try world.podshim("logs", "pod", "--tail", "2") == "4\n5\n")
        let follower = try Dialogue(world.program(["logs", "pod", "-f", "--tail=1"]))
        try follower.expect("5\n")
        _ = try world.exec(in: "main", "touch", "/go")
        try follower.expect("after\n")
        _ = try world.exec(in: "main", "touch", "/end")
        #expect(try follower.end() == .exited(0))
        #expect(follower.text == "5\nafter\nlast\n")
      }
    }

    @Test("What cannot be shown is an error in words", arguments: RuntimeKind.all)
    func errors(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try world.create(fixture: "shared")
        try world.waitUntilRunning()
        let unnamed = try world.run(["logs", "pod"])
        #expect(unnamed.errorText == "Defaulted container \"writer\" out of: writer, server\n")
        let previous = try world.run(["logs", "pod", "-c", "writer", "-p"])
        #expect(previous.status == .exited(1))
        #expect(
          previous.errorText
            == "Error: previous terminated container \"writer\" in pod \"pod\" not found\n")
        #expect(
          try world.run(["logs", "nothing"]).errorText == "Error: pods \"nothing\" not found\n")
      }
    }
  }
}
