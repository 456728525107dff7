import PodModel
import Testing

@testable import PodShim

extension Pods {
  @Suite("Variables come from outside of the manifest")
  struct VariableTests {
    static let objects = """
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: settings}
      data: {data-1: value-1, data-2: value-2, data-3: value-3}
      ---
      apiVersion: v1
      kind: Secret
      metadata: {name: keys}
      stringData: {data-1: secret-1, data-2: secret-2}
      """

    @Test("Objects and fields of the pod give their values", arguments: RuntimeKind.all)
    func sources(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try world.podshim(["create", "-f", "-"], input: Self.objects)
        let prefixes = ["", "p-", "1-", "$_-", "ABC_", "#@!"]
        let from = ["configMapRef: {name: settings}", "secretRef: {name: keys}"].flatMap { source in
          prefixes.map { "- {prefix: '\($0)\(source.first ?? " ")', \(source)}" }
        }
        try world.create(
          Spec.shell(
            // A shell hands on only what it could have set itself.
            "tr '\\0' '\\n' < /proc/1/environ",
            pod: "restartPolicy: Never",
            container: """
              envFrom:
              \(from.joined(separator: "\n"))
              env:
              - {name: ONE, valueFrom: {configMapKeyRef: {name: settings, key: data-1}}}
              - {name: TWO, valueFrom: {secretKeyRef: {name: keys, key: data-1}}}
              - {name: NAME, valueFrom: {fieldRef: {fieldPath: metadata.name}}}
              - {name: PLACE, valueFrom: {fieldRef: {fieldPath: metadata.namespace}}}
              - {name: ID, valueFrom: {fieldRef: {fieldPath: metadata.uid}}}
              - {name: POD_IP, valueFrom: {fieldRef: {fieldPath: status.podIP}}}
              - {name: HOST_IP, valueFrom: {fieldRef: {fieldPath: status.hostIP}}}
              - {name: HOST_IPS, valueFrom: {fieldRef: {fieldPath: status.hostIPs}}}
              """))
        #expect(try world.end().exitCode == 0)
        let found = Set(try world.logs(of: "main").split(separator: "\n").map(String.init))
        let uid = try world.uid()
        let address = HostAddress.find() ?? ""
        var expected = [
          "ONE=value-1", "TWO=secret-1", "NAME=pod", "PLACE=default", "ID=\(uid)",
          "POD_IP=127.0.0.1", "HOST_IP=\(address)", "HOST_IPS=\(address)",
        ]
        for prefix in prefixes {
          expected += (1...3).map { "\(prefix)cdata-\($0)=value-\($0)" }
          expected += (1...2).map { "\(prefix)sdata-\($0)=secret-\($0)" }
        }
        for line in expected { #expect(found.contains(line), "\(line)") }
      }
    }

    @Test("In the host's network the pod's address is the host's", arguments: RuntimeKind.all)
    func hostNetwork(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try world.create(
          Spec.shell(
            "[ \"$POD_IP\" = \"$HOST_IP\" ] && echo OK",
            pod: "restartPolicy: Never\nhostNetwork: true",
            container: """
              env:
              - {name: POD_IP, valueFrom: {fieldRef: {fieldPath: status.podIP}}}
              - {name: HOST_IP, valueFrom: {fieldRef: {fieldPath: status.hostIP}}}
              """))
        #expect(try world.end().exitCode == 0)
        #expect(try world.logs(of: "main") == "OK\n")
      }
    }

    @Test("A container waits for what it has to have", arguments: RuntimeKind.all)
    func missing(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try world.create(
          Spec.shell(
            "echo $ONE",
            pod: "restartPolicy: Never",
            container: """
              env:
              - {name: ONE, valueFrom: {configMapKeyRef: {name: settings, key: data-1}}}
              - {name: NONE, valueFrom: {secretKeyRef: {name: none, key: a, optional: true}}}
              """))
        let waiting = try world.wait(until: "the container to wait") {
          try world.container("main").state?.waiting.flatMap { $0.message == nil ? nil : $0 }
        }
        #expect(waiting.reason == "CreateContainerConfigError")
        #expect(waiting.message == "configmap \"settings\" not found")
        try world.podshim(["create", "-f", "-"], input: Self.objects)
        #expect(try world.end().exitCode == 0)
        #expect(try world.logs(of: "main") == "value-1\n")
      }
    }

    @Test("A file that one container writes gives variables to others", arguments: RuntimeKind.all)
    func files(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        func variable(_ key: String, _ more: String = "") -> String {
          "- {name: \(key), valueFrom: "
            + "{fileKeyRef: {volumeName: out, path: env, key: \(key)\(more)}}}"
        }
        let plain = "env:\n\(variable("A"))"
        let hook = "lifecycle: {postStart: {exec: {command: [sh, -c, 'echo $A > /out/begun']}}}"
        try world.create(
          Spec.pod(
            initial: [
              Spec.container("first", "echo \"A='of a file'\" > /out/env"),
              Spec.container("second", "echo \"init $A\" > /out/init", plain),
            ],
            [
              Spec.container("one", "echo $A; \(Spec.idle)", "\(plain)\n\(hook)"),
              Spec.container(
                "two", "echo $A ${B-nothing}; \(Spec.idle)",
                "env:\n\(variable("A"))\n\(variable("B", ", optional: true"))"),
              Spec.container("three", "true", "env:\n\(variable("C"))"),
            ]))
        try world.wait(untilLogged: "of a file", by: "one")
        try world.wait(untilLogged: "of a file nothing", by: "two")
        #expect(
          try world.exec(in: "two", "cat", "/out/begun", "/out/init")
            == "of a file\ninit of a file\n")
        let waiting = try world.wait(until: "the third to wait") {
          try world.container("three").state?.waiting.flatMap { $0.message == nil ? nil : $0 }
        }
        #expect(waiting.reason == "CreateContainerConfigError")
        #expect(waiting.message == "environment variable key \"C\" not found in file \"env\"")
      }
    }
  }
}
