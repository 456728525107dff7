import Glibc
import PodModel
import Testing

@testable import PodShim

extension Pods {
  @Suite("Networks of pods of a user who is not root")
  struct UserNetworkTests {
    private static let server = Spec.shell(
      """
      mkdir -p /www && echo page > /www/index.html
      httpd -p 8080 -h /www
      \(Spec.idle)
      """, container: "ports: [{containerPort: 8080, hostPort: 8085}]", grace: 1)

    @Test(
      "Each program leads outside, is found again and replaced, and host ports lead in",
      arguments: zip(RuntimeKind.all, [NetworkMode.pasta, .slirp4netns]))
    func carried(runtime: RuntimeKind, mode: NetworkMode) throws {
      let network = try TestNetwork()
      let echo = try EchoServer(in: network.world, port: 8090)
      try PodFixture.withoutRoot(runtime, network: network) { world in
        world.environment = ["PODSHIM_NETWORK=\(mode.rawValue)"]
        try world.create(Self.server)
        try world.waitUntilRunning()
        #expect(try world.addresses() == [UserNetwork.address])
        let outside = "http://\(TestNetwork.worldAddresses[0]):8090/"
        let host = TestNetwork.hostAddresses[0]
        #expect(try world.ask(outside, in: "pod") == host)
        try world.wait(for: "the page") {
          try TestNetwork.fetch("http://127.0.0.1:8085/", in: network.host) == "page\n"
        }

        let first = try world.networkProgram()
        let supervisor = try world.supervisor()
        try supervisor.signal(SIGKILL)
        try world.wait(for: "the next supervisor") { try world.supervisor() != supervisor }
        #expect(try world.networkProgram() == first)
        try first.signal(SIGKILL)
        try world.wait(for: "another of its kind") { try world.networkProgram() != first }
        try world.wait(for: "an answer") { try world.ask(outside, in: "pod") == host }
        #expect(try world.events().contains { $0.contains("again: it has ended") })

        try world.killKeeperAndSupervisor()
        try world.podshim("delete", "pod", "pod")
        try world.expectNoTraces()
      }
      withExtendedLifetime(echo) {}
    }

    @Test("A program that is never ready is waited for no longer than its time")
    func late() throws {
      let sleep = "printf '#!/bin/sh\\nexec sleep 100\\n' > pasta && chmod +x pasta"
      let path = try #require(Program.find("pasta"))
      let preparation = "\(sleep) && mount --bind pasta \(path)"
      try PodFixture.withoutRoot(.runc, preparation: preparation) { world in
        world.environment = ["PODSHIM_NETWORK=auto"]
        try world.create(Self.server)
        try world.waitUntilRunning()
        #expect(try world.events().contains { $0.contains("`pasta` failed: not ready after") })
        #expect(try world.addresses() == [])
        #expect(try world.exec(in: "main", "wget", "-qO-", "http://pod:8080") == "page\n")
        try world.podshim("delete", "pod", "pod")
        try world.expectNoTraces()
      }
    }
  }
}

extension PodFixture {
  /// What carries the network of the pod now.
  fileprivate func networkProgram() throws -> HostProcess {
    let folder = "\(state)/pods/\(try uid(of: "pod"))"
    return try wait(until: "the program of the network", within: .seconds(5)) {
      let process = CompanionRecord(.network, in: folder).flatMap { HostProcess($0.pid) }
      return process?.isThere == true ? process : nil
    }
  }
}
