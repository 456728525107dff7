import Glibc
import OCISpec
import PodModel
import Testing

@testable import PodShim

/// What an engine does with pods, to whom it is an OCI runtime that it calls.
extension Pods {
  @Suite("Engines see pods as containers, and containers of theirs can join them")
  struct OCIPodTests {
    @Test("State and list show a pod and its containers", arguments: RuntimeKind.all)
    func shown(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try world.create(fixture: "shared")
        try world.waitUntilRunning()
        let pod = try world.state("default/pod")
        #expect(pod.status == .running)
        #expect(pod.pid == (try world.pause().pid))
        #expect(pod.annotations?["io.kubernetes.cri.container-type"] == "sandbox")
        let writer = try world.state("default/pod/writer")
        #expect(writer.pid == (try world.process(of: "writer").pid))
        #expect(try world.state(try world.uid() + "/writer").pid == writer.pid)
        let all = try world.called(["list", "-q"])
        #expect(all.hasSuffix("default/pod\ndefault/pod/writer\ndefault/pod/server\n"))
        let pids = try world.called(["ps", "--format", "json", "default/pod/writer"])
        #expect(pids.contains("\(writer.pid ?? 0)"))
      }
    }

    @Test("A paused pod stands still, and no probe ends it", arguments: RuntimeKind.all)
    func paused(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try world.create(
          """
          containers:
          - name: a
            image: busybox
            command: [sh, -c, "httpd -p 8080; while :; do date +%N > /n; usleep 5000; done"]
            livenessProbe: {tcpSocket: {port: 8080}, periodSeconds: 1, failureThreshold: 1}
          """)
        try world.waitUntilRunning()
        try world.called(["pause", "default/pod"])
        #expect(try world.state("default/pod/a").status == .paused)
        let file = "/proc/\(try world.process(of: "a").pid)/root/n"
        let before = try Files.readText(file)
        // Two rounds of the probe.
        usleep(2_500_000)
        #expect(try Files.readText(file) == before)
        try world.called(["resume", "default/pod"])
        try world.wait(for: "its going on") { try Files.readText(file) != before }
        #expect(try world.restarts(of: "a") == 0)
        // What is frozen can be taken away.
        try world.called(["pause", "default/pod"])
        try world.called(["delete", "--force", "default/pod"])
      }
    }

    @Test(
      "A signal reaches a container, and its end is the pod's affair", arguments: RuntimeKind.all)
    func signalled(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try world.create(fixture: "shared")
        try world.waitUntilRunning()
        try world.called(["kill", "default/pod/writer", "KILL"])
        try world.wait(for: "the next run") { try world.restarts(of: "writer") == 1 }
        let refused = try world.call(["delete", "default/pod"])
        #expect(refused.status != .exited(0))
        #expect(refused.errorText.contains("container still running"))
        try world.called(["delete", "--force", "default/pod"])
        let gone = try world.call(["state", "default/pod"])
        #expect(gone.errorText == "container `default/pod` does not exist\n")
        try world.called(["delete", "--force", "default/pod"])
      }
    }

    @Test(
      "A container of an engine sees the pod's localhost and its volumes",
      arguments: RuntimeKind.all)
    func joined(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try world.create(fixture: "shared")
        try world.waitUntilRunning()
        let bundle = try world.guest(
          ["sh", "-c", "wget -qO- http://127.0.0.1:8080/; cat /out/index.html; hostname"])
        try world.waitForPage()
        let root = ["--root", world.folder + "/guests"]
        let config = bundle + "/config.json"
        try #require(chmod(config, 0o600) == 0)
        for _ in 1...2 {
          let result = try world.call(root + ["run", "--bundle", bundle, "guest"])
          #expect(result.outputText == "Hello\nHello\npod\n")
          #expect(result.status == .exited(0))
          // An environment may hold secrets.
          for file in [config, config + ".engine"] {
            var status = stat()
            #expect(stat(file, &status) == 0 && status.st_mode & 0o777 == 0o600, "\(file)")
          }
          // The same bundle joins the next pod of that name.
          try world.podshim("delete", "pod", "pod")
          try world.create(fixture: "shared")
          try world.waitUntilRunning()
          try world.waitForPage()
        }
      }
    }

    @Test("A pod that is not there is named in the error", arguments: RuntimeKind.all)
    func missing(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        let bundle = try world.guest(["true"])
        let root = ["--root", world.folder + "/guests"]
        let result = try world.call(root + ["run", "--bundle", bundle, "guest"])
        #expect(result.status == .exited(1))
        #expect(result.errorText.hasPrefix("pod `pod` does not exist: podshim.io/pod has to"))
      }
    }
  }
}

extension PodFixture {
  /// Calls the shim by the name that engines know, over this world's runtime.
  fileprivate func call(_ words: [String]) throws -> ProgramResult {
    var program = Program(host.binary, ["podshim-runtime-\(runtime)"] + words)
    program.environment = [
      "PODSHIM_ROOT=\(root)", "PODSHIM_STATE=\(state)", "PATH=/usr/sbin:/usr/bin:/sbin:/bin",
      marker,
    ]
    program.namespaces = namespaces
    program.directory = "/"
    return try program.run(timeout: .seconds(30))
  }

  /// The same, and it has to succeed.
  @discardableResult
  fileprivate func called(_ words: [String]) throws -> String {
    let result = try call(words)
    guard result.succeeded else { throw CommandFailed(arguments: words, result: result) }
    return result.outputText
  }

  fileprivate func state(_ id: String) throws -> State {
    try JSON.decode(State.self, from: Array(called(["state", id]).utf8))
  }

  /// Until `fixtures/runtime/shared.yaml` has one and serves it.
  fileprivate func waitForPage() throws {
    try wait(for: "the page") {
      let fetch = ["exec", "pod", "-c", "server", "--", "wget", "-qO-", "http://127.0.0.1:8080/"]
      return try run(fetch).outputText == "Hello\n"
    }
  }

  /// A bundle as podman would write it for a container that is to join `pod`.
  fileprivate func guest(_ arguments: [String]) throws -> String {
    let bundle = folder + "/guest"
    try Files.makeDirectories(bundle)
    var spec = OCISpec.Spec(ociVersion: "1.0.2")
    spec.root = Root(path: try RootFilesystem.shared.get().path)
    spec.root?.readonly = true
    spec.hostname = "somebody"
    spec.annotations = [EngineBundle.annotation: "pod"]
    var process = OCISpec.Process(cwd: "/")
    process.args = arguments
    process.env = ["PATH=/bin:/usr/bin"]
    spec.process = process
    spec.mounts = [
      OCISpec.Mount(destination: "/proc").with { ($0.type, $0.source) = ("proc", "proc") },
      OCISpec.Mount(destination: "/out").with {
        ($0.type, $0.source) = ("bind", "/nowhere/volumes/pages/_data")
        $0.options = ["rbind"]
      },
    ]
    spec.linux = Linux().with {
      $0.namespaces = [.pid, .mount, .ipc, .uts, .network].map { .init(type: $0) }
    }
    try Files.replace(bundle + "/config.json", with: JSON.pretty(spec))
    return bundle
  }
}
