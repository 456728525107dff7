import OCISpec
import Testing

@testable import PodModel

@Suite("What a security context comes to")
struct SecurityTests {
  private static func objection(
    _ sysctl: String, kernel: String = "6.1.0", spec: String = ""
  ) throws -> String? {
    let plan = try PlannedPod.plan(
      spec: "securityContext: {sysctls: [{name: \(sysctl), value: '1'}]}\n\(spec)")
    let host = HostFacts(hostname: "node", kernel: kernel)
    return Sysctls(plan.pod).objection(plan.pod.spec, on: host)
  }

  @Test(
    "A sysctl is safe from the kernel on that has one for each namespace",
    arguments: [("4.5.0", false), ("4.6.0", true), ("4.14.9", true)])
  func safeSince(_ kernel: String, _ isSafe: Bool) throws {
    #expect(try (Self.objection("net.ipv4.tcp_fin_timeout", kernel: kernel) == nil) == isSafe)
  }

  @Test(
    "A sysctl of a namespace that is the host's is refused",
    arguments: [
      ("kernel.shm_rmid_forced", "hostIPC: true", "ipc"), ("kernel.shm_rmid_forced", "", nil),
      ("kernel.shm_rmid_forced", "hostNetwork: true", nil),
      ("net.ipv4.tcp_syncookies", "hostNetwork: true", "net"),
      ("net.ipv4.tcp_syncookies", "hostIPC: true", nil),
    ])
  func hostNamespace(_ name: String, _ spec: String, _ space: String?) throws {
    let why = space.map { "forbidden sysctl: \"\(name)\" not allowed with host \($0) enabled" }
    #expect(try Self.objection(name, spec: spec) == why)
  }

  @Test(
    "Groups of the image are added unless only those of the manifest are wanted",
    arguments: [
      ("", [10, 20, 5]), ("supplementalGroupsPolicy: Merge, ", [10, 20, 5]),
      ("supplementalGroupsPolicy: Strict, ", [10, 5]),
    ])
  func groups(_ policy: String, _ groups: [UInt32]) throws {
    let context = "{\(policy)runAsUser: 1000, supplementalGroups: [5]}"
    let plan = try PlannedPod.plan(
      spec: "securityContext: \(context)\ncontainers: [{name: main}]")
    let image = ImageFacts(
      config: ImageConfig(architecture: "amd64", os: "linux", rootfs: .init(diff_ids: [])),
      passwd: "app:x:1000:10::/:/bin/sh\n", group: "more:x:20:app\n")
    let user = try ProcessUser(of: plan.pod.spec.containers[0], in: plan.pod, image: image)
    #expect(user.groups == groups)
  }

  @Test(
    "All capabilities are those that the kernel knows",
    arguments: [
      ("5.7.0", [false, false]), ("5.8.0", [true, false]), ("5.9.0", [true, true]),
    ])
  func capabilities(_ kernel: String, _ known: [Bool]) throws {
    let plan = try PlannedPod.plan(
      spec: "containers: [{name: main, securityContext: {privileged: true}}]")
    let host = HostFacts(hostname: "node", kernel: kernel)
    let granted = try CapabilitySet(of: plan.pod.spec.containers[0], on: host).granted
    #expect(["CAP_BPF", "CAP_CHECKPOINT_RESTORE"].map(granted.contains) == known)
  }
}
