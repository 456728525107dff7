import PodModel
import Testing

@testable import PodShim

/// What a pod is called, by the kernel and by those who look its name up.
extension Pods {
  @Suite("A pod is called what its manifest says")
  struct HostNameTests {
    /// More lines of the spec, what `hostname` answers, and `hostname -f`.
    struct Name: CustomTestStringConvertible, Sendable {
      var spec: String
      var short: String
      var full: String
      var testDescription: String { spec.isEmpty ? "nothing" : spec }

      static let all = [
        Name(spec: "", short: "pod", full: "pod"),
        Name(spec: "setHostnameAsFQDN: true", short: "pod", full: "pod"),
        Name(spec: "subdomain: t", short: "pod", full: "pod.t.default.svc.cluster.local"),
        Name(
          spec: "subdomain: t\nsetHostnameAsFQDN: true", short: "pod.t.default.svc.cluster.local",
          full: "pod.t.default.svc.cluster.local"),
        Name(spec: "hostname: web", short: "web", full: "web"),
        Name(spec: "hostnameOverride: over.example", short: "over.example", full: "over.example"),
        Name(
          spec: "hostname: web\nsubdomain: t\nhostnameOverride: over", short: "over", full: "over"),
      ]
    }

    @Test("The name and the full name", arguments: RuntimeKind.all)
    func names(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        for name in Name.all {
          try world.create(
            Spec.shell("hostname; hostname -f", pod: name.spec + "\nrestartPolicy: Never"))
          #expect(try world.end().exitCode == 0)
          #expect(
            try world.logs(of: "main") == "\(name.short)\n\(name.full)\n", "\(name.testDescription)"
          )
          try world.podshim("delete", "pod", "pod", "--now")
        }
      }
    }

    @Test(
      "A full name that the kernel cannot hold keeps the pod waiting", arguments: RuntimeKind.all)
    func tooLong(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        let name = String(repeating: "a", count: 50)
        try world.create(
          Spec.shell("echo never", pod: "subdomain: t\nsetHostnameAsFQDN: true"), named: name)
        let full = "\(name).t.default.svc.cluster.local"
        let message =
          "failed to construct FQDN from pod hostname and cluster domain, FQDN \(full) is too long "
          + "(64 characters is the max, \(full.utf8.count) characters requested)"
        try world.wait(for: "an event that says so") {
          try world.events(of: name).contains {
            $0.contains("FailedCreatePodSandBox") && $0.contains(message)
          }
        }
        #expect(try world.status(name).phase == .pending)
      }
    }

    @Test(
      "On the host's network the pod has the host's names, and its own", arguments: RuntimeKind.all)
    func hostNetwork(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try world.create(
          Spec.shell(
            "hostname; cat /etc/hosts",
            pod: """
              hostNetwork: true
              hostname: web
              restartPolicy: Never
              hostAliases: [{ip: 123.45.67.89, hostnames: [foo, bar]}]
              """))
        #expect(try world.end().exitCode == 0)
        let printed = try world.logs(of: "main")
        #expect(
          printed.hasPrefix(
            "\(NodeRecord.hostname())\n# Kubernetes-managed hosts file (host network).\n"))
        #expect(printed.hasSuffix("\n# Entries added by HostAliases.\n123.45.67.89\tfoo\tbar\n"))
      }
    }

    @Test("A volume at /etc/hosts is there instead of the pod's file", arguments: RuntimeKind.all)
    func ownHosts(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        let file = world.folder + "/hosts"
        try Files.writeText("127.0.0.1 localhost mine\n", to: file)
        try world.create(
          Spec.shell(
            "cat /etc/hosts",
            pod: "restartPolicy: Never\nvolumes: [{name: hosts, hostPath: {path: \(file)}}]",
            container: "volumeMounts: [{name: hosts, mountPath: /etc/hosts}]"))
        #expect(try world.end().exitCode == 0)
        #expect(try world.logs(of: "main") == "127.0.0.1 localhost mine\n")
      }
    }

    @Test("What no resolver stands is left out, and that is said", arguments: RuntimeKind.all)
    func limits(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        let own = ["10.0.0.1", "10.0.0.2", "10.0.0.3"]
        try world.create(
          Spec.shell(
            Spec.idle,
            pod: "dnsPolicy: Default\ndnsConfig: {nameservers: [\(own.joined(separator: ", "))]}"))
        try world.waitUntilRunning()
        let text = try world.exec(in: "main", "cat", "/etc/resolv.conf")
        let servers = text.split(separator: "\n").filter { $0.hasPrefix("nameserver ") }
        let ofHost = try Files.readText("/etc/resolv.conf").split(separator: "\n")
          .filter { $0.hasPrefix("nameserver ") }
        #expect(servers.count == 3)
        guard !ofHost.isEmpty else { return }
        #expect(
          try world.events().contains {
            $0.contains("DNSConfigForming") && $0.contains("Nameserver limits were exceeded")
          })
      }
    }

    @Test("Domains to search, as many as a resolver stands", arguments: RuntimeKind.all)
    func searches(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        let domains =
          ["_tcp.example", "."] + (0..<30).map { "d\($0)." + String(repeating: "a", count: 50) }
        try world.create(
          Spec.shell(
            "cat /etc/resolv.conf",
            pod: """
              restartPolicy: Never
              dnsPolicy: None
              dnsConfig:
                nameservers: [1.1.1.1]
                searches: ["\(domains.joined(separator: "\", \""))"]
                options: [{name: ndots, value: "2"}, {name: edns0}]
              """))
        #expect(try world.end().exitCode == 0)
        #expect(
          try world.logs(of: "main")
            == "search \(domains.joined(separator: " "))\nnameserver 1.1.1.1\n"
            + "options ndots:2 edns0\n")
      }
    }
  }
}
