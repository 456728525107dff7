import PodModel
import Testing

@testable import PodShim

/// Whose rights a container's process has.
extension Pods {
  @Suite("A container runs as whom its manifest and its image say")
  struct UserTests {
    @Test("The container's word counts before the pod's", arguments: RuntimeKind.all)
    func users(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        func create(_ pod: String, _ containers: [(String, String)]) throws {
          try world.create(
            Spec.pod(
              "restartPolicy: Never\nsecurityContext: {\(pod)}",
              containers.map { name, context in
                Spec.container(name, "id", "securityContext: {\(context)}")
              }), named: pod.isEmpty ? "nothing" : "something-\(containers.count)")
        }
        try create("", [("nobody", "runAsUser: 65534"), ("root", "runAsUser: 0")])
        try create(
          "runAsUser: 1001",
          [("pod", ""), ("own", "runAsUser: 1002"), ("both", "runAsUser: 1002, runAsGroup: 2002")])
        try create("runAsUser: 1001, runAsGroup: 2002", [("pod", "")])
        func printed(_ container: String, _ pod: String) throws -> String {
          #expect(try world.end(of: container, of: pod).exitCode == 0)
          return try world.logs(pod, of: container)
        }
        #expect(try printed("nobody", "nothing").hasPrefix("uid=65534"))
        #expect(try printed("root", "nothing").hasPrefix("uid=0(root) gid=0(root)"))
        #expect(try printed("pod", "something-3").hasPrefix("uid=1001 gid=0(root)"))
        #expect(try printed("own", "something-3").hasPrefix("uid=1002 gid=0(root)"))
        #expect(try printed("both", "something-3").hasPrefix("uid=1002 gid=2002"))
        #expect(try printed("pod", "something-1").hasPrefix("uid=1001 gid=2002"))
      }
    }

    @Test("Root is refused where nobody may be root", arguments: RuntimeKind.all)
    func nonRoot(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime, images: ["busybox", "users"]) { world in
        func container(_ name: String, _ image: String, _ context: String = "") -> String {
          Spec.container(name, "id -u", "securityContext: {\(context)}")
            .replacing("image: busybox", with: "image: \(image)")
        }
        try world.create(
          Spec.pod(
            "restartPolicy: Never\nsecurityContext: {runAsNonRoot: true}",
            [
              container("own", "busybox", "runAsUser: 1000"), container("number", "users:number"),
              container("asked", "busybox", "runAsUser: 0"), container("root", "busybox"),
              container("name", "users:name"),
            ]))
        for (name, number) in [("own", "1000\n"), ("number", "1234\n")] {
          #expect(try world.end(of: name).exitCode == 0)
          #expect(try world.logs(of: name) == number)
        }
        let messages = [
          "asked": "container's runAsUser breaks non-root policy",
          "root": "container has runAsNonRoot and image will run as root",
          "name": "container has runAsNonRoot and image has non-numeric user (app), cannot verify "
            + "user is non-root",
        ]
        for (name, message) in messages {
          let waiting = try world.wait(untilWaiting: "CreateContainerConfigError", name)
          let place = "(pod: \"pod_default(\(try world.uid(of: "pod")))\", container: \(name))"
          #expect(waiting.message == "\(message) \(place)")
          #expect(try world.events().contains { $0.contains("Error: \(message)") })
        }
      }
    }

    @Test("The groups of the image count, unless the pod is strict", arguments: RuntimeKind.all)
    func groups(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime, images: ["users"]) { world in
        let all = "1000 50000 60000\n"
        let policies = [("Merge", all), ("Strict", "1000 60000\n"), ("", all)]
        for (policy, _) in policies {
          let more = policy.isEmpty ? "" : ", supplementalGroupsPolicy: \(policy)"
          try world.create(
            Spec.shell(
              "id -G; \(Spec.idle)",
              pod: "securityContext: {runAsUser: 1000, supplementalGroups: [60000]\(more)}"
            ).replacing("image: busybox", with: "image: users"),
            named: "pod\(policy.lowercased())")
        }
        for (policy, groups) in policies {
          let pod = "pod\(policy.lowercased())"
          try world.wait(untilLogged: "60000\n", of: pod)
          #expect(try world.logs(pod, of: "main") == groups)
          #expect(try world.exec(pod, in: "main", "id", "-G") == groups)
          let user = try world.container("main", of: pod).user?.linux
          #expect(user?.uid == 1000)
          #expect(user?.gid == 1000)
          let numbers = user?.supplementalGroups.map(String.init).joined(separator: " ")
          #expect(numbers == String(groups.dropLast()))
        }
      }
    }

    @Test("A set-user-ID program gains rights unless that is forbidden", arguments: RuntimeKind.all)
    func escalation(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime, images: ["debian"]) { world in
        func container(_ name: String, _ context: String) -> String {
          Spec.container(name, "/out/id -u", "securityContext: {runAsUser: 1000\(context)}")
        }
        try world.create(
          Spec.pod(
            "restartPolicy: Never",
            initial: [Spec.container("first", "cp /usr/bin/id /out && chmod u+s /out/id")],
            [
              container("unsaid", ""),
              container("allowed", ", allowPrivilegeEscalation: true"),
              container("forbidden", ", allowPrivilegeEscalation: false"),
            ]
          ).replacing("image: busybox", with: "image: debian"))
        for (name, user) in [("unsaid", "0\n"), ("allowed", "0\n"), ("forbidden", "1000\n")] {
          #expect(try world.end(of: name).exitCode == 0)
          #expect(try world.logs(of: name) == user)
        }
      }
    }
  }
}
