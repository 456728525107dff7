import Glibc
import PodModel
import Testing

@testable import PodShim

/// What podshim does for those who run no pod with it, and where it cannot run one.
extension Pods {
  @Suite("Without a pod that runs: bundles, doctor, a host that is not ready")
  struct BundleTests {
    @Test("bundle writes what runs by hand on either runtime", arguments: RuntimeKind.all)
    func byHand(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        let name = "hand-\(getpid())-\(runtime)"
        let spec = Spec.shell("echo I am $HOSTNAME; wget -qO- http://127.0.0.1:1/ 2>&1")
        let manifest = PodFixture.manifest(spec, named: name)
        let out = world.folder + "/out"
        try world.podshim(["bundle", "-f", "-", "-o", out], input: manifest)
        #expect(try world.processes().isEmpty)
        #expect(Files.exists("\(out)/\(name)/pause/config.json"))
        #expect(Files.exists("\(out)/\(name)/main/config.json"))
        var script = Program("/bin/sh", ["sh", "\(out)/\(name)/run.sh"])
        script.environment = [
          "PATH=/usr/local/sbin:/usr/sbin:/sbin:/usr/bin:/bin", "RUNTIME=\(runtime)",
        ]
        script.namespaces = world.namespaces
        world.atEnd { try Self.takeAway(name, out, runtime, world) }
        let session = try Dialogue(script)
        try session.expect("I am \(name)\n")
        // Refused at once: there is a loopback device and it is up.
        try session.expect("Connection refused")
      }
    }

    /// As the last lines of the script say.
    private static func takeAway(
      _ name: String, _ out: String, _ runtime: RuntimeKind, _ world: PodFixture
    ) throws {
      let commands = """
        \(runtime) delete --force \(name)_main; \(runtime) delete --force \(name)_pause
        umount \(out)/\(name)/main/rootfs
        find /sys/fs/cgroup -depth -type d -path '*/podshim-default-\(name)*' -exec rmdir {} +
        """
      var shell = Program("/bin/sh", ["sh", "-c", commands])
      shell.namespaces = world.namespaces
      shell.environment = ["PATH=/usr/local/sbin:/usr/sbin:/sbin:/usr/bin:/bin"]
      _ = try shell.run(timeout: .seconds(10))
    }

    @Test("doctor finds this host fit for the runtime", arguments: RuntimeKind.all)
    func doctor(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        let lines = try world.podshim("doctor").split(separator: "\n")
        #expect(lines.contains { $0.hasPrefix("ok    \(runtime): ") }, "\(lines)")
        #expect(lines.contains("ok    runtime: \(runtime) runs the pods"))
      }
    }

    @Test("A runtime that cannot work here is refused with the remedy")
    func unfit() throws {
      try PodFixture.with(.runc) { world in
        let manifest = Array(PodFixture.manifest(Spec.shell("true")).utf8)
        for name in ["nowhere", "/nowhere/runc"] {
          let missing = try world.run(["create", "--runtime", name, "-f", "-"], input: manifest)
          #expect(missing.status == .exited(1))
          #expect(missing.errorText.contains("`\(name)` not found"), "\(missing.errorText)")
        }
        #expect(try world.podshim("get", "pods", "-o", "name") == "")
        guard RuntimeKind.crun.preparation != nil else { return }
        let refused = try world.run(["create", "--runtime", "crun", "-f", "-"], input: manifest)
        #expect(refused.status == .exited(1))
        #expect(refused.errorText.contains("hybrid"), "\(refused.errorText)")
        #expect(try world.podshim("get", "pods", "-o", "name") == "")
      }
    }

    @Test("The program needs nothing of the host to start")
    func isStatic() throws {
      let host = try TestHost.shared.get()
      let bytes = try Files.read(host.binary)
      // A program that is linked dynamically names its loader in an INTERP segment.
      #expect(
        !bytes.prefix(65536).indices.contains { bytes[$0...].starts(with: "/lib64/ld-".utf8) })
      #expect(try Program(host.binary, ["podshim", "version"]).run().succeeded)
    }

    @Test("A world may lie behind a symbolic link", arguments: RuntimeKind.all)
    func behindLink(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try Files.makeDirectories(world.folder + "/real")
        for name in ["root", "state"] {
          let real = "\(world.folder)/real/\(name)"
          if Files.exists("\(world.folder)/\(name)") {
            try Files.rename("\(world.folder)/\(name)", to: real)
          } else {
            try Files.makeDirectories(real)
          }
          try Files.symlink(real, at: "\(world.folder)/\(name)")
        }
        try world.create(fixture: "shared")
        try world.waitUntilRunning()
        try world.podshim("delete", "pod", "pod")
        try world.wait(for: "its processes to end", within: .seconds(1)) {
          try world.processes().isEmpty
        }
      }
    }
  }
}
