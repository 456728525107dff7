import OCISpec
import Testing

@testable import PodShim

/// What a runtime says of itself: `--version`, `features`, help.
extension Interface {
  @Suite("Version, features, help")
  struct OCIVersionTests {
    @Test("Name and version in the first line, then commit and spec", arguments: RuntimeFace.all)
    func version(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        for flag in ["--version", "-v", "-version"] {
          let result = try caller.call([flag], bare: true)
          #expect(result.status == .exited(0), "\(flag)")
          #expect(result.errors.isEmpty)
          let lines = result.outputText.split(separator: "\n")
          let words = try #require(lines.first).split(separator: " ")
          #expect(words.count >= 3 && words[1] == "version", "\(lines)")
          #expect(words.last?.first?.isNumber == true, "\(lines)")
          #expect(lines.contains { $0.hasPrefix("commit: ") })
          #expect(lines.contains { $0.hasPrefix("spec: 1.") })
        }
      }
    }

    @Test("-V is the version as well", arguments: RuntimeFace.all)
    func capital(face: RuntimeFace) throws {
      try Caller.with(face, failing: [.runc: "it has no such flag"]) { caller in
        let result = try caller.call(["-V"], bare: true)
        #expect(result.status == .exited(0))
        #expect(result.outputText.contains(" version "))
      }
    }

    @Test(
      "features: JSON alone, with both versions of the specification", arguments: RuntimeFace.all)
    func features(face: RuntimeFace) throws {
      let why: Comment = "it has no such verb"
      try Caller.with(face, failing: [.crun: why]) { caller in
        for bare in [true, false] {
          let result = try caller.call(["features"], bare: bare)
          #expect(result.status == .exited(0))
          // CRI-O reads both streams as one.
          #expect(result.errors.isEmpty)
          let features = try JSON.decode(Features.self, from: result.output)
          #expect(features.ociVersionMin.hasPrefix("1."))
          #expect(features.ociVersionMax.hasPrefix("1."))
          let hooks = Set(features.hooks ?? [])
          #expect(hooks.isSuperset(of: OCIHookTests.names))
          let namespaces = Set(features.linux?.namespaces ?? [])
          #expect(namespaces.isSuperset(of: [.pid, .network, .mount, .ipc, .uts, .user, .cgroup]))
          #expect(features.linux?.cgroup?.v1 == true || features.linux?.cgroup?.v2 == true)
        }
      }
    }

    @Test("Help succeeds, of each verb too", arguments: RuntimeFace.all)
    func help(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        let verbs = [
          "create", "start", "state", "kill", "delete", "run", "exec", "list", "ps", "pause",
          "resume", "update", "spec",
        ]
        for words in [["--help"]] + verbs.map({ [$0, "--help"] }) {
          let result = try caller.call(words, bare: true)
          #expect(result.status == .exited(0), "\(words)")
          #expect(!result.output.isEmpty, "\(words)")
        }
      }
    }

    @Test("-h is help as well", arguments: RuntimeFace.all)
    func short(face: RuntimeFace) throws {
      try Caller.with(face, failing: [.crun: "it has no such flag"]) { caller in
        let result = try caller.call(["-h"], bare: true)
        #expect(result.status == .exited(0))
      }
    }

    @Test("spec writes a bundle that runs", arguments: RuntimeFace.all)
    func spec(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        let bundle = caller.folder + "/made"
        try Files.makeDirectories(bundle)
        try caller.succeed("spec", "--bundle", bundle)
        let file = bundle + "/config.json"
        var spec = try JSON.decode(OCISpec.Spec.self, from: Files.read(file))
        #expect(spec.root?.path == "rootfs")
        try caller.refuse("spec", "-b", bundle)
        spec.root?.path = try RootFilesystem.shared.get().path
        spec.process?.terminal = false
        spec.process?.args = ["echo", "made"]
        spec.mounts?.removeAll { $0.destination.hasPrefix("/sys") }
        try Files.write(try JSON.pretty(spec), to: file)
        #expect(try caller.succeed("run", "--bundle", bundle, "c") == "made\n")
      }
    }
  }
}
