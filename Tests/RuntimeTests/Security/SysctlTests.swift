import PodModel
import Testing

@testable import PodShim

/// Settings of the kernel that a pod has of its own.
extension Pods {
  @Suite("A pod has the kernel settings that it asks for, if it may")
  struct SysctlTests {
    private static func spec(_ sysctls: String, _ script: String) -> String {
      Spec.shell(
        script, pod: "restartPolicy: Never\nsecurityContext: {sysctls: [\(sysctls)]}")
    }

    @Test("Safe ones, written with dots or slashes", arguments: RuntimeKind.all)
    func safe(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try world.create(
          Self.spec(
            """
            {name: kernel.shm_rmid_forced, value: "1"},
            {name: net/ipv4/ip_local_port_range, value: "40000 50000"}
            """,
            "cd /proc/sys; cat kernel/shm_rmid_forced net/ipv4/ip_local_port_range"))
        try world.wait(until: .succeeded)
        #expect(try world.logs(of: "main") == "1\n40000\t50000\n")
        #expect(try Files.readText("/proc/sys/kernel/shm_rmid_forced") == "0\n")
      }
    }

    @Test("Others only where the host's owner allows them", arguments: RuntimeKind.all)
    func unsafe(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        let spec = Self.spec(
          "{name: kernel.msgmax, value: \"12345\"}", "cat /proc/sys/kernel/msgmax")
        try world.create(spec, named: "refused")
        try world.wait(until: .failed, "refused")
        let status = try world.status("refused")
        #expect(status.reason == "SysctlForbidden")
        #expect(
          status.message == "Pod was rejected: forbidden sysctl: \"kernel.msgmax\" not allowlisted")
        #expect(status.containerStatuses.isEmpty)
        #expect(try world.cell("STATUS", of: "refused") == "SysctlForbidden")
        #expect(try world.events(of: "refused").contains { $0.contains("SysctlForbidden") })

        try world.podshim(
          ["create", "-f", "-", "--allowed-unsafe-sysctls", "kernel.msg*,net.core.somaxconn"],
          input: PodFixture.manifest(spec, named: "allowed"))
        try world.wait(until: .succeeded, "allowed")
        #expect(try world.logs("allowed", of: "main") == "12345\n")

        let wrong = try world.run([
          "create", "-f", "x", "--allowed-unsafe-sysctls", "vm.swappiness",
        ])
        #expect(wrong.errorText.contains("\"vm.swappiness\" is not known to be namespaced"))
      }
    }
  }
}
