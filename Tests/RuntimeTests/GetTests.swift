import PodModel
import Testing

@testable import PodShim

/// What a person sees of pods, while there are several.
extension Pods {
  @Suite("Several pods live side by side, and get shows them")
  struct GetTests {
    @Test("In columns, as names, as YAML and as JSON", arguments: RuntimeKind.all)
    func formats(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try world.create(fixture: "shared")
        try world.waitUntilRunning()
        let table = try world.podshim("get", "pods").split(separator: "\n")
        #expect(table.first == "NAME   READY   STATUS    RESTARTS   AGE")
        #expect(table.last?.hasPrefix("pod    2/2     Running   0          ") == true)
        let wide = try world.podshim("get", "pods", "-o", "wide")
        #expect(wide.contains("IP") && wide.contains("NODE") && wide.contains("READINESS GATES"))
        #expect(wide.contains(NodeRecord.hostname()))
        #expect(try world.podshim("get", "pods", "-o", "name") == "pod/pod\n")
        let yaml = try world.podshim("get", "pod", "pod", "-o", "yaml")
        let json = try world.podshim("get", "pod", "pod", "-o", "json")
        let fromYAML = try Pod.stored(Array(yaml.utf8), file: "yaml")
        #expect(try fromYAML == Pod.stored(Array(json.utf8), file: "json"))
        // What the API server sets by default is shown.
        #expect(fromYAML.spec.restartPolicy == .always)
        #expect(fromYAML.spec.containers.first?.terminationMessagePath == "/dev/termination-log")
        #expect(fromYAML.status?.conditions.first { $0.type == "Ready" }?.status == .true)
        #expect(fromYAML.status?.hostIP?.isEmpty == false)
        #expect(yaml.hasPrefix("apiVersion: v1\nkind: Pod\n"))
        #expect(try world.podshim("get", "pods", "-o", "yaml").contains("kind: List\n"))
      }
    }

    @Test("A name can be had once in a namespace", arguments: RuntimeKind.all)
    func names(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        let manifest = PodFixture.manifest(Spec.shell(Spec.idle))
        try world.podshim(["create", "-f", "-"], input: manifest)
        let again = try world.run(["create", "-f", "-"], input: Array(manifest.utf8))
        #expect(again.status == .exited(1))
        #expect(again.errorText == "Error: pods \"pod\" already exists\n")
        try world.podshim(["create", "-n", "other", "-f", "-"], input: manifest)
        try world.waitUntilRunning()
        let everywhere = try world.podshim("get", "pods", "-A")
        #expect(everywhere.contains("default     pod "), "\(everywhere)")
        #expect(everywhere.contains("other       pod "))
        try world.podshim("delete", "pod", "pod", "-n", "other")
        #expect(try world.status().phase == .running)
        try world.podshim("delete", "pod", "pod")
        try world.expectNoTraces()
        // And again, when it is free.
        try world.podshim(["create", "-f", "-"], input: manifest)
        try world.waitUntilRunning()
      }
    }

    @Test(
      "Several documents are several pods, or none when one is wrong", arguments: RuntimeKind.all)
    func documents(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        let manifests = ["a", "b", "c"].map {
          PodFixture.manifest(Spec.shell("hostname; \(Spec.idle)"), named: $0)
        }
        let text = manifests.joined(separator: "---\n")
        let wrong = text.replacing("name: c", with: "nome: c")
        let refused = try world.run(["create", "-f", "-"], input: Array(wrong.utf8))
        #expect(refused.status == .exited(1))
        #expect(refused.errorText.contains("did you mean \"name\"?"), "\(refused.errorText)")
        #expect(try world.podshim("get", "pods", "-o", "name") == "")
        let created = try world.podshim(["create", "-f", "-"], input: text)
        #expect(created == "pod/a created\npod/b created\npod/c created\n")
        for name in ["a", "b", "c"] {
          try world.wait(untilLogged: "\(name)\n", of: name)
        }
        let networks = try ["a", "b", "c"].map {
          try world.process(of: "main", of: $0).namespace(.net)
        }
        #expect(Set(networks).count == 3)
        try world.podshim("delete", "pods", "a", "b", "c")
        try world.expectNoTraces()
      }
    }
  }
}
