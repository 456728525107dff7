import Glibc
import PodModel
import Testing

@testable import PodShim

/// Commands as a script, cron or an installer gives them, which has no terminal, hardly any
/// environment, and maybe nobody who reads.
extension Pods {
  @Suite("A script can rely on every verb")
  struct ScriptTests {
    /// What a verb has to do with standard output.
    enum Voice {
      case speaks
      case silent
      /// It hands its output to a program in a container, which complains in its own words.
      case lends
    }

    /// In this order, each again and again: what one makes another takes away.
    static let lines: [(words: String, voice: Voice)] = [
      ("version", .speaks), ("help", .speaks), ("help get", .speaks), ("get --help", .speaks),
      ("load -i @BUSYBOX@ --name other:1", .speaks), ("images", .speaks), ("images -q", .speaks),
      ("image inspect other:1", .speaks), ("rmi other:1", .speaks), ("image prune", .speaks),
      ("get pods", .speaks), ("get pods -o yaml", .speaks), ("get nodes -o name", .speaks),
      ("get pods -o jsonpath={.items[*].metadata.name}", .speaks), ("describe pod pod", .speaks),
      ("describe node", .speaks), ("events", .speaks), ("explain pod", .speaks),
      ("api-resources", .speaks), ("logs pod", .speaks), ("logs pod --prefix", .speaks),
      ("exec pod -- cat /etc/hostname", .lends), ("cp pod:/etc/hostname @FOLDER@/copy", .silent),
      ("cp @FOLDER@/pod.yaml pod:/tmp", .silent), ("top pods", .speaks), ("top node", .speaks),
      ("tree pod", .speaks), ("timeline pod", .speaks), ("timeline pod -o svg", .speaks),
      ("label pod pod a=b --overwrite", .speaks), ("annotate pod pod a=b --overwrite", .speaks),
      ("set image pod/pod main=busybox", .silent), ("apply -f @FOLDER@/pod.yaml", .speaks),
      ("diff -f @FOLDER@/pod.yaml", .silent), ("replace -f @FOLDER@/pod.yaml", .speaks),
      ("edit pod pod", .silent), ("wait pod/pod --for=condition=Ready", .speaks),
      ("create configmap map --from-literal=a=b", .speaks), ("delete configmap map", .speaks),
      ("run web --image=busybox --dry-run=client -o yaml", .speaks),
      ("run web --image=busybox --restart=Never --rm -i -- echo here", .speaks),
      ("debug pod --image=busybox -- true", .silent), ("doctor", .speaks), ("resume", .silent),
      ("completion bash", .speaks), ("bundle -f @FOLDER@/pod.yaml -o @FOLDER@/bundles", .speaks),
    ]

    /// These go on until somebody has had enough, need a registry, or speak as another program.
    static let others: Set = ["attach", "port-forward", "pull", "runtime"]

    @Test("Every verb is tried")
    func whole() {
      let tried = Set(Self.lines.map { String($0.words.prefix { $0 != " " }) })
      let verbs = CommandTable.commands.filter { $0.group != .hidden }.map(\.name)
      #expect(Set(verbs).subtracting(Self.others) == tried)
    }

    @Test("With hardly any environment, and with nobody and nothing at the other end")
    func surroundings() throws {
      // runc carries what `exec` prints itself, and tells nobody when it cannot.
      try PodFixture.with(.crun) { world in
        try world.beginWithoutImages()
        world.pull = .missing
        try world.podshim("load", "-i", world.host.archive("busybox"))
        let manifest = PodFixture.manifest(Spec.shell("echo begun; " + Spec.idle))
        try Files.writeText(manifest, to: world.folder + "/pod.yaml")
        try world.podshim("create", "-f", world.folder + "/pod.yaml", "--wait")
        let script = try Script(world)
        for (line, voice) in Self.lines {
          let alone = try script.run(line, "<&-")
          #expect(alone.succeeded, "\(line): \(alone.errorText)")
          #expect(alone.output.isEmpty == (voice == .silent), "\(line): \(alone.outputText)")
        }
        for (line, voice) in Self.lines {
          let closed = try script.run(line, "<&- >&-")
          #expect(closed.succeeded || voice == .lends, "\(line) >&-: \(closed.errorText)")
        }
        for (line, voice) in Self.lines {
          try expectFull(script.run(line, ">/dev/full"), line, voice)
        }
        for (line, voice) in Self.lines {
          try expectGone(script.run(line, ">&3 3>&-"), line, voice)
        }
        try world.podshim("delete", "pod", "pod")
        try world.expectNoTraces()
      }
    }

    private func expectFull(_ full: ProgramResult, _ line: String, _ voice: Voice) throws {
      let seen: Comment = "\(line) >/dev/full: \(full.status), \(full.errorText)"
      switch voice {
      case .silent: #expect(full.succeeded, seen)
      case .lends: #expect(!full.succeeded && full.errorText.contains("No space left"), seen)
      case .speaks:
        #expect(full.status == .exited(1), seen)
        let complaint = "error: write `standard output`: No space left on device\n"
        #expect(full.errorText.hasSuffix(complaint), seen)
      }
    }

    private func expectGone(_ gone: ProgramResult, _ line: String, _ voice: Voice) throws {
      let seen: Comment = "\(line) | : \(gone.status), \(gone.errorText)"
      switch voice {
      case .silent: #expect(gone.succeeded, seen)
      case .lends, .speaks: #expect(gone.status == .exited(128 + SIGPIPE), seen)
      }
      #expect(!gone.errorText.contains("error"), seen)
    }

    @Test(
      "A watch ends when its reader has had enough, though nothing changes",
      arguments: ["get pods -w", "get pods -w -o name", "events -w", "logs -f pod"])
    func watches(line: String) throws {
      try PodFixture.with(.runc) { world in
        try world.create(Spec.shell("echo begun; " + Spec.idle))
        try world.waitUntilRunning()
        try world.wait(untilLogged: "begun")
        var bash = world.program(line.split(separator: " ").map(String.init))
        bash.arguments =
          ["bash", "-c", "\"$@\" | head -n 1; exit ${PIPESTATUS[0]}", "bash", bash.path]
          + bash.arguments.dropFirst()
        bash.path = "/bin/bash"
        let result = try bash.run(timeout: .seconds(20))
        #expect(result.status == .exited(128 + SIGPIPE))
        #expect(result.outputText.split(separator: "\n").count == 1)
        #expect(result.errorText == "")
        try world.podshim("delete", "pod", "pod")
      }
    }
  }
}

/// Runs commands of a world as a shell does that redirects them, and that hands down nothing of its
/// environment but what keeps them in their world.
private struct Script {
  private let world: PodFixture
  /// Standard output for those whose reader has gone.
  private let unread: OwnedDescriptor

  init(_ world: PodFixture) throws {
    self.world = world
    unread = try Pipe.make().split().1
  }

  /// - Parameter redirection: in the words of the shell, for which 3 is a pipe that nobody reads.
  func run(_ line: String, _ redirection: String) throws -> ProgramResult {
    let words = line.replacing("@FOLDER@", with: world.folder)
      .replacing("@BUSYBOX@", with: world.host.archive("busybox"))
    var program = world.program(words.split(separator: " ").map(String.init))
    program.arguments =
      ["sh", "-c", "exec \"$@\" \(redirection)", "sh", program.path]
      + program.arguments.dropFirst()
    program.path = "/bin/sh"
    program.environment = (program.environment ?? []).filter { $0.hasPrefix("PODSHIM_") }
    program.environment?.append("KUBE_EDITOR=true")
    program.descriptors = [-1, -1, -1, unread.raw]
    return try program.run(timeout: .seconds(20))
  }
}
