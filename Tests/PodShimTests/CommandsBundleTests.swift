import OCISpec
import PodModel
import Testing

@testable import PodShim

@Suite("Writing bundles")
struct CommandsBundleTests {
  private let scratch: LinuxScratch

  init() throws { scratch = try LinuxScratch() }

  private func write(_ containers: [Container], pausePID: String? = nil) throws {
    let pod = Pod().with {
      $0.metadata.name = "web"
      $0.spec.containers = containers
      $0.spec.initContainers = [
        Container().with {
          $0.name = "first"
          $0.image = "nowhere"
          $0.command = ["true"]
        }
      ]
      $0.spec.volumes = [Volume().with { $0.name = "data" }]
    }
    try BundleWriter(
      pod.withDefaults(), host: HostFacts(hostname: "host", kernel: "6.1"),
      world: HostPaths(root: scratch["root"], state: nil, environment: [:], isRoot: true),
      directory: scratch["web"], pausePID: pausePID
    ).write()
  }

  private func container(_ name: String, tty: Bool? = nil) -> Container {
    Container().with {
      $0.name = name
      $0.image = "nowhere"
      $0.command = ["sleep", "1"]
      $0.tty = tty
    }
  }

  private func joined(_ name: String) throws -> [String] {
    let spec = try JSON.decode(Spec.self, from: Files.read(scratch["web/\(name)/config.json"]))
    return (spec.linux?.namespaces ?? []).compactMap(\.path)
  }

  @Test func `every container has its bundle, and what the pod shares lies beside them`() throws {
    try write([container("app")])
    let names = ["pause", "first", "app"].map { "web/\($0)/config.json" }
    for name in names + ["web/hosts", "web/hostname", "web/resolv.conf", "web/run.sh"] {
      #expect(Files.exists(scratch[name]), "\(name)")
    }
    #expect(Files.isDirectory(scratch["web/volumes/data"]))
    #expect(try joined("app").contains("/proc/PAUSE_PID/ns/net"))
  }

  @Test func `a process of the caller's may hold the namespaces`() throws {
    try write([container("app")], pausePID: "4711")
    #expect(try joined("first").allSatisfy { $0.hasPrefix("/proc/4711/ns/") })
  }

  @Test func `the same manifest gives the same files`() throws {
    try write([container("app")])
    let first = try Files.read(scratch["web/app/config.json"])
    try write([container("app")])
    #expect(try Files.read(scratch["web/app/config.json"]) == first)
  }

  @Test func `a container cannot have the place of pause`() throws {
    #expect(throws: CommandError.self) { try write([container("pause")]) }
  }

  @Test func `the script is a shell script that starts pause first and terminals last`() throws {
    try write([container("shell", tty: true), container("app")])
    let script = scratch["web/run.sh"]
    #expect(try Program("/bin/sh", ["sh", "-n", script]).run().succeeded)
    let runs = try Files.readText(script).split(separator: "\n").filter {
      $0.hasPrefix("\"$runtime\" run")
    }
    #expect(
      runs.map { $0.split(separator: " ").last { $0.contains("web_") } }
        == ["web_pause", "web_first", "web_app", "web_shell"])
    #expect(runs.map { $0.contains("--detach") } == [true, false, true, false])
  }
}
