import PodModel
import Testing

@testable import PodShim

@Suite("Doctor")
struct CommandsDoctorTests {
  private func runtimes(
    _ wanted: String = "auto", installed: [String], hybrid: [String] = []
  ) -> [Finding] {
    let choice = RuntimeChoice(
      wanted: wanted, find: { installed.contains($0) ? "/bin/\($0)" : nil },
      hybridControllers: hybrid)
    return HostChecks.runtimes(choice) { _ in "1.2.3" }
  }

  @Test func `the runtime that will run the pods is named`() {
    #expect(
      runtimes(installed: ["crun", "runc"]) == [
        Finding(.ok, "crun", "/bin/crun, version 1.2.3"),
        Finding(.ok, "runc", "/bin/runc, version 1.2.3"),
        Finding(.ok, "runtime", "crun runs the pods"),
      ])
  }

  @Test func `a controller in the way is named, and the other runtime taken`() {
    let findings = runtimes(installed: ["crun", "runc"], hybrid: ["hugetlb"])
    #expect(findings.map(\.verdict) == [.warn, .ok, .ok])
    #expect(findings[0].text.contains("`hugetlb`"))
    #expect(findings[2].text == "runc runs the pods")
  }

  @Test func `without a runtime no pod can run, and the packages are named`() {
    let findings = runtimes(installed: [])
    #expect(findings.map(\.verdict) == [.warn, .warn, .fail])
    #expect(findings[2].text.contains("install the package `crun` or `runc`"))
    #expect(runtimes("youki", installed: ["crun"]).map(\.verdict) == [.warn, .fail])
  }

  @Test(arguments: [
    ("6.18.1-amd64", Finding.Verdict.ok), ("5.11.0", .ok), ("5.10.0-28-amd64", .fail),
    ("4.19.0", .fail), ("odd", .ok),
  ])
  func `a kernel is new enough or not`(_ release: String, _ verdict: Finding.Verdict) {
    #expect(HostChecks.kernel(release).verdict == verdict)
  }

  @Test func `each capability that is missing costs what it costs`() {
    let all = Capabilities.names
    func without(_ names: String...) -> [Finding] {
      HostChecks.capabilities(all.filter { !names.contains($0) })
    }
    #expect(without() == [Finding(.ok, "capabilities", "all of them")])
    #expect(without("CAP_SYS_ADMIN", "CAP_CHOWN").map(\.verdict) == [.fail])
    #expect(without("CAP_SYS_RESOURCE").map(\.verdict) == [.warn])
    #expect(
      without("CAP_MKNOD", "CAP_CHOWN")
        == [Finding(.warn, "capabilities", "containers do without CAP_CHOWN, CAP_MKNOD")])
  }

  @Test func `cgroups must be mounted, and writable`() {
    func judge(_ mode: CgroupMode, _ lines: [String]) -> Finding {
      HostChecks.cgroups(mode, mounts: lines.compactMap { MountEntry(line: $0[...]) })
    }
    let tmpfs = "30 22 0:25 / /sys/fs/cgroup ro,nosuid - tmpfs tmpfs ro"
    let memory = "31 30 0:26 / /sys/fs/cgroup/memory rw,nosuid - cgroup cgroup rw,memory"
    let v2 = "30 22 0:25 / /sys/fs/cgroup rw,nosuid - cgroup2 cgroup2 rw"
    let readOnly = "30 22 0:25 / /sys/fs/cgroup ro,nosuid - cgroup2 cgroup2 rw"
    #expect(judge(.unified, [v2]) == Finding(.ok, "cgroups", "version 2"))
    #expect(judge(.legacy, [tmpfs, memory]) == Finding(.ok, "cgroups", "version 1"))
    #expect(judge(.legacy, [tmpfs]).verdict == .fail)
    #expect(judge(.legacy, []).text.hasPrefix("not mounted"))
    #expect(judge(.unified, [readOnly]).text.hasPrefix("`/sys/fs/cgroup` is read-only"))
    #expect(judge(.unified, [readOnly]).verdict == .fail)
  }

  @Test func `images are copied where overlay cannot be used`() {
    func judge(_ known: String, _ root: FileSystem?, modules: String = "") -> Finding.Verdict {
      HostChecks.overlay(known: known, modules: modules, root: root).verdict
    }
    #expect(judge("nodev\toverlay\n\text4\n", .ext4) == .ok)
    #expect(judge("nodev\toverlay\n", nil) == .ok)
    #expect(judge("nodev\toverlay\n", .overlay) == .warn)
    #expect(judge("\text4\n", .ext4) == .warn)
  }

  @Test func `overlay may be a module that nothing has needed yet`() {
    let modules = "kernel/fs/fuse/fuse.ko:\nkernel/fs/overlayfs/overlay.ko.xz:\n"
    let finding = HostChecks.overlay(known: "\text4\n", modules: modules, root: .ext4)
    #expect(finding == Finding(.ok, "overlay", "known to the kernel"))
  }

  @Test func `a folder that cannot be written to stops every pod`() {
    let paths = HostPaths(root: "/r", state: "/s", environment: [:], isRoot: true)
    let findings = HostChecks.folders(paths) { $0 != "/s" }
    #expect(findings.map(\.verdict) == [.ok, .fail, .ok])
    #expect(findings[1].description.hasPrefix("fail  state: `/s` cannot be written to"))
  }

  @Test func `a missing tool is named with its package`() {
    let findings = HostChecks.tools { $0 == "nft" ? nil : "/bin/\($0)" }
    #expect(findings.map(\.verdict) == [.ok, .ok, .ok, .warn, .ok, .ok])
    #expect(findings[3].text.contains("`nftables`"))
  }
}
