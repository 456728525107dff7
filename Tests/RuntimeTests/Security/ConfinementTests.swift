import Glibc
import PodModel
import Testing

@testable import PodShim

/// What a container's processes may do.
extension Lives {
  @Suite("A container may do what its manifest allows, and no more")
  struct ConfinementTests {
    @Test("A privileged container may what its neighbour may not", arguments: RuntimeKind.all)
    func privileged(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try world.create(
          Spec.pod(
            "",
            [
              Spec.container("strong", Spec.idle, "securityContext: {privileged: true}"),
              Spec.container("weak", Spec.idle, "securityContext: {privileged: false}"),
            ]))
        try world.waitUntilRunning()
        func exec(_ container: String, _ command: String...) throws -> ProgramResult {
          try world.run(["exec", "pod", "-c", container, "--"] + command)
        }
        let link = try exec("weak", "ip", "link", "set", "lo", "down")
        #expect(link.errorText.contains("Operation not permitted"), "\(link.errorText)")
        let mount = try exec("weak", "mount", "-t", "tmpfs", "none", "/tmp")
        #expect(mount.errorText.contains("permission denied"), "\(mount.errorText)")
        #expect(try exec("strong", "ip", "link", "set", "lo", "down").succeeded)
        #expect(try exec("strong", "mount", "-t", "tmpfs", "none", "/tmp").succeeded)
      }
    }

    @Test("A root that is not read-only can be written to", arguments: RuntimeKind.all)
    func writableRoot(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try world.create(
          Spec.shell(
            "touch checkfile", pod: "restartPolicy: Never",
            container: "securityContext: {readOnlyRootFilesystem: false}"))
        try world.wait(until: .succeeded)
      }
    }

    @Test("Seccomp holds where the container or the pod asks for it", arguments: RuntimeKind.all)
    func seccomp(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        // Every process may make a user namespace, but for the filter.
        let script =
          "grep Seccomp: /proc/self/status; unshare -U true 2>&1 && echo made || echo refused"
        func create(_ name: String, pod: String, container: String) throws {
          func profile(_ type: String) -> String {
            type.isEmpty ? "{}" : "{seccompProfile: {type: \(type)}}"
          }
          try world.create(
            Spec.shell(
              script, pod: "restartPolicy: Never\nsecurityContext: \(profile(pod))",
              container: "securityContext: \(profile(container))"), named: name)
        }
        try create("unsaid", pod: "", container: "")
        try create("default", pod: "RuntimeDefault", container: "")
        try create("unconfined", pod: "Unconfined", container: "")
        try create("exempt", pod: "RuntimeDefault", container: "Unconfined")
        let free = "Seccomp:\t0\nmade\n"
        let confined =
          "Seccomp:\t2\nunshare: unshare(0x10000000): Operation not permitted\nrefused\n"
        for (pod, text) in [
          ("unsaid", free), ("default", confined), ("unconfined", free), ("exempt", free),
        ] {
          #expect(try world.end(of: "main", of: pod).exitCode == 0)
          #expect(try world.logs(pod, of: "main") == text)
        }
      }
    }

    @Test("A filter of the host's is read from its file", arguments: RuntimeKind.all)
    func localSeccomp(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        let path = world.root + "/seccomp/profiles/no-folders.json"
        try world.create(
          Spec.shell(
            "mkdir /tmp/folder 2>&1 || touch /file && echo touched",
            pod: """
              restartPolicy: Never
              securityContext:
                seccompProfile: {type: Localhost, localhostProfile: profiles/no-folders.json}
              """))
        let waiting = try world.wait(untilWaiting: "CreateContainerError")
        #expect(
          waiting.message == "failed to generate container \"main\" spec: cannot load seccomp "
            + "profile \"\(path)\": open `\(path)`: No such file or directory")
        try Files.makeDirectories(world.root + "/seccomp/profiles")
        try Files.writeText(
          """
          {"defaultAction": "SCMP_ACT_ALLOW",
           "syscalls": [{"names": ["mkdir", "mkdirat"], "action": "SCMP_ACT_ERRNO"}]}
          """, to: path)
        try world.wait(until: .succeeded)
        let printed = try world.logs(of: "main")
        #expect(printed.contains("Operation not permitted\ntouched\n"), "\(printed)")
      }
    }

    @Test("Without AppArmor no profile of the host's can hold", arguments: RuntimeKind.all)
    func appArmor(runtime: RuntimeKind) throws {
      guard try HostFacts.read(for: Pod(), root: "/").security?.appArmorProfiles == nil
      else { return }
      try PodFixture.with(runtime) { world in
        func create(_ name: String, _ profile: String) throws {
          try world.create(
            Spec.shell(
              "echo ran",
              pod: "restartPolicy: Never\nsecurityContext: {appArmorProfile: {\(profile)}}"),
            named: name)
        }
        try create("default", "type: RuntimeDefault")
        try create("local", "type: Localhost, localhostProfile: deny-write")
        try world.wait(until: .succeeded, "default")
        try world.wait(until: .failed, "local")
        let status = try world.status("local")
        #expect(status.reason == "AppArmor")
        #expect(
          status.message
            == "Pod was rejected: Cannot enforce AppArmor: AppArmor is not enabled on the host")
      }
    }
  }
}
