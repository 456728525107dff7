import Glibc
import PodModel
import Testing

@testable import PodShim

extension Pods {
  @Suite("Containers can read what they may take")
  struct ResourceFieldTests {
    private typealias Field = (name: String, resource: String)

    /// Prints each amount as it stands in a variable, in a file and in a projected file.
    private static func container(
      _ name: String, _ resources: String, _ fields: [Field]
    ) -> String {
      let variables = fields.map {
        "{name: \($0.name), valueFrom: {resourceFieldRef: {resource: \($0.resource)}}}"
      }
      let script = fields.map {
        "echo \($0.name) $\($0.name) $(cat /fields/\(name)-\($0.name)) "
          + "$(cat /all/\(name)-\($0.name))"
      }.joined(separator: "; ")
      return """
        {name: \(name), image: busybox, command: [sh, -c, "\(script)"], resources: \(resources), \
        env: [\(variables.joined(separator: ", "))], \
        volumeMounts: [{name: fields, mountPath: /fields}, {name: all, mountPath: /all}]}
        """
    }

    private static func items(_ container: String, _ fields: [Field]) -> [String] {
      fields.map {
        "{path: \(container)-\($0.name), "
          + "resourceFieldRef: {containerName: \(container), resource: \($0.resource)}}"
      }
    }

    private static func pod(
      _ spec: String, _ containers: [(name: String, resources: String)], _ fields: [Field]
    ) -> String {
      let all = containers.flatMap { items($0.name, fields) }.joined(separator: ", ")
      let list = containers.map { container($0.name, $0.resources, fields) }
      return """
        restartPolicy: Never
        \(spec)
        containers: [\(list.joined(separator: ", "))]
        volumes:
        - {name: fields, downwardAPI: {items: [\(all)]}}
        - {name: all, projected: {sources: [{downwardAPI: {items: [\(all)]}}]}}
        """
    }

    private static let fields = [
      ("LC", "limits.cpu"), ("LM", "limits.memory"), ("LE", "limits.ephemeral-storage"),
      ("RC", "requests.cpu"), ("RM", "requests.memory"), ("RE", "requests.ephemeral-storage"),
    ]

    private func lines(_ world: PodFixture, _ container: String) throws -> [String] {
      try world.logs(of: container).split(separator: "\n").map(String.init)
    }

    @Test("Requests and limits of its own, and what the host has", arguments: RuntimeKind.all)
    func own(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        let limited = """
          {requests: {cpu: 250m, memory: 32Mi, ephemeral-storage: 32Mi}, \
          limits: {cpu: 1250m, memory: 64Mi, ephemeral-storage: 64Mi}}
          """
        try world.create(Self.pod("", [("main", limited), ("free", "{}")], Self.fields))
        for name in ["main", "free"] { #expect(try world.end(of: name).exitCode == 0) }
        func thrice(_ name: String, _ value: String) -> String {
          "\(name) \(value) \(value) \(value)"
        }
        #expect(
          try lines(world, "main") == [
            thrice("LC", "2"), thrice("LM", "67108864"), thrice("LE", "67108864"),
            thrice("RC", "1"), thrice("RM", "33554432"), thrice("RE", "33554432"),
          ])
        let processors = sysconf(CInt(_SC_NPROCESSORS_ONLN))
        let free = try lines(world, "free")
        #expect(free.first == thrice("LC", "\(processors)"))
        for line in free[1...2] {
          #expect(line.split(separator: " ").dropFirst().allSatisfy { (Int($0) ?? 0) > 1 << 20 })
        }
        #expect(free[3...] == [thrice("RC", "0"), thrice("RM", "0"), thrice("RE", "0")])
      }
    }

    @Test("The pod's limits, where a container has none", arguments: RuntimeKind.all)
    func ofPod(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        let spec = "resources: {limits: {cpu: 500m, memory: 96Mi}}"
        try world.create(
          Self.pod(spec, [("main", "{}")], [("LC", "limits.cpu"), ("LM", "limits.memory")]))
        #expect(try world.end().exitCode == 0)
        #expect(
          try lines(world, "main") == ["LC 1 1 1", "LM 100663296 100663296 100663296"])
      }
    }
  }
}
