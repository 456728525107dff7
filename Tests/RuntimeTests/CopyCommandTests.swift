import Glibc
import PodModel
import Testing

@testable import PodShim

/// `cp` and `top`, which reach into containers that run.
extension Pods {
  @Suite("cp copies into a container and out of it, and top measures it")
  struct CopyCommandTests {
    @Test("Files and folders, by the container's own paths", arguments: RuntimeKind.all)
    func copies(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        // It has no tar, and a link that would lead out of it.
        let script = "rm -f /bin/tar; mkdir /srv; ln -s / /srv/root; \(Spec.idle)"
        try world.create(Spec.shell(script, container: "workingDir: /tmp"))
        try world.waitUntilRunning()
        let local = world.folder + "/local"
        try Files.makeDirectories(local + "/sub")
        try Files.writeText("#!/bin/sh\necho hello\n", to: local + "/sub/tool", mode: 0o755)
        try Files.symlink("sub/tool", at: local + "/link")
        try world.podshim("cp", local, "pod:/srv/new")
        #expect(try world.exec(in: "main", "/srv/new/link") == "hello\n")
        // Into a folder that is there, below the working directory, through a link of its own.
        try world.podshim("cp", local + "/sub/tool", "default/pod:.", "-c", "main")
        #expect(try world.exec(in: "main", "/tmp/tool") == "hello\n")
        try world.podshim("cp", local + "/sub/tool", "pod:/srv/root/inside", "--no-preserve")
        #expect(try world.exec(in: "main", "/inside") == "hello\n")
        #expect(!Files.exists("/inside"))
        let back = try world.run(["cp", "pod:/srv/new", world.folder + "/back"])
        #expect(back.succeeded)
        #expect(back.errorText == "warning: skipping symlink: \"link\" -> \"sub/tool\"\n")
        #expect(try Files.list(world.folder + "/back") == ["sub"])
        #expect(
          try Files.readText(world.folder + "/back/sub/tool") == "#!/bin/sh\necho hello\n")
        try Self.expectRefusals(in: world)
      }
    }

    @Test("A user of the container's own, and folders that nobody may write to")
    func modes() throws {
      try PodFixture.with(.runc) { world in
        let security = "securityContext: {runAsUser: 1000, capabilities: {drop: [ALL]}}"
        try world.create(Spec.shell(Spec.idle, container: security))
        try world.waitUntilRunning()
        let local = world.folder + "/local"
        try Files.makeDirectories(local + "/closed")
        try Files.writeText("inside", to: local + "/closed/file")
        chmod(local + "/closed", 0o555)
        chmod(local, 0o700)
        try world.podshim("cp", local, "pod:/tmp/new")
        let seen = try world.exec(
          in: "main", "sh", "-c", "cat /tmp/new/closed/file; stat -c ' %a %u' /tmp/new/* /tmp/new")
        #expect(seen == "inside 555 1000\n 700 1000\n")
        try world.podshim("cp", "pod:/tmp/new/closed/file", world.folder + "/file")
        #expect(try Files.readText(world.folder + "/file") == "inside")
      }
    }

    private static func expectRefusals(in world: PodFixture) throws {
      let folder = world.folder
      for (words, message) in [
        (
          ["\(folder)/none", "pod:/x"], "error: \(folder)/none doesn't exist in local filesystem\n"
        ),
        (["pod:/x", "pod:/y"], "error: one of src or dest must be a local file specification\n"),
        (["pod:/none", "\(folder)/x"], "error: stat `/none`: No such file or directory\n"),
        (
          ["\(folder)/local/sub/tool", "pod:/proc/x"],
          "error: open `x`: No such file or directory\n"
        ),
        (["nobody:/x", "\(folder)/x"], "Error: pods \"nobody\" not found\n"),
      ] {
        let refused = try world.run(["cp"] + words)
        #expect(refused.status == .exited(1) && refused.errorText == message)
      }
      #expect(!Files.exists("\(folder)/x"))
    }

    @Test("top shows who is busy, and who is not")
    func usage() throws {
      try PodFixture.with(.runc) { world in
        let spec = Spec.pod(
          "", [Spec.container("idle", Spec.idle), Spec.container("busy", "while :; do :; done")])
        try world.create(spec)
        try world.waitUntilRunning()
        let lines = try world.podshim("top", "pods", "--containers", "--sort-by=cpu")
          .split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
        #expect(lines.first == ["POD", "NAME", "CPU(cores)", "MEMORY(bytes)"])
        #expect(lines.dropFirst().map { $0[1] } == ["busy", "idle"])
        #expect(lines.count == 3 && lines[1][2] != "0m" && lines[2][2].count <= 3)
        #expect(lines.dropFirst().allSatisfy { $0[3].hasSuffix("Mi") })
        let sum = try world.podshim("top", "pod", "pod", "--no-headers")
        #expect(sum.hasPrefix("pod   ") && sum.split(separator: "\n").count == 1)
        let missing = try world.run(["top", "pod", "nobody"])
        #expect(missing.errorText == "Error: pods \"nobody\" not found\n")
        #expect(try world.podshim("top", "node").contains("CPU(cores)   CPU%"))
      }
    }
  }
}
