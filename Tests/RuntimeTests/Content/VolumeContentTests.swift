import Glibc
import PodModel
import Testing

@testable import PodShim

extension Pods {
  @Suite("Volumes show objects, fields of the pod and tokens")
  struct VolumeContentTests {
    private static let objects = """
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: settings}
      data: {data-1: value-1, data-2: value-2}
      binaryData: {dump.bin: 3sr+utD+/w==}
      ---
      apiVersion: v1
      kind: Secret
      metadata: {name: keys}
      stringData: {data-1: value-1, data-2: value-2}
      """

    /// The sources of a volume of their own, and the same ones inside a projected volume.
    private static func volumes(mode: String = "") -> [(name: String, source: String)] {
      let items = "items: [{key: data-2, path: path/to/data-2}, {key: data-1, path: m, mode: 0400}]"
      let field =
        "items: [{path: name, fieldRef: {fieldPath: metadata.name}}, "
        + "{path: m, fieldRef: {fieldPath: metadata.name}, mode: 0400}]"
      let whole = mode.isEmpty ? "" : ", defaultMode: \(mode)"
      func projected(_ source: String) -> String { "projected: {sources: [{\(source)}]\(whole)}" }
      return [
        ("map", "configMap: {name: settings\(whole)}"),
        ("map-items", "configMap: {name: settings, \(items)\(whole)}"),
        ("secret", "secret: {secretName: keys\(whole)}"),
        ("secret-items", "secret: {secretName: keys, \(items)\(whole)}"),
        ("fields", "downwardAPI: {\(field)\(whole)}"),
        ("in-map", projected("configMap: {name: settings}")),
        ("in-map-items", projected("configMap: {name: settings, \(items)}")),
        ("in-secret", projected("secret: {name: keys}")),
        ("in-secret-items", projected("secret: {name: keys, \(items)}")),
        ("in-fields", projected("downwardAPI: {\(field)}")),
      ]
    }

    /// What of the files is where: mode and content, found through the links.
    private static let look = """
      cd /v; for f in $(find -L . -type f | sort); do case $f in */..*) ;;
      *) echo "$(stat -L -c %a $f) $f $(od -An -tx1 $f | tr -d ' \\n')";; esac; done
      """

    /// As `look` prints it.
    private static func expected(of pod: String, mode: String, single: String) -> Set<String> {
      func line(_ mode: String, _ path: String, _ text: String) -> String {
        "\(mode) ./\(path) " + text.utf8.map { String($0, radix: 16) }.joined()
      }
      var lines: Set<String> = []
      for prefix in ["", "in-"] {
        for kind in ["map", "secret"] {
          lines.insert(line(mode, "\(prefix)\(kind)/data-1", "value-1"))
          lines.insert(line(mode, "\(prefix)\(kind)/data-2", "value-2"))
          lines.insert(line(mode, "\(prefix)\(kind)-items/path/to/data-2", "value-2"))
          lines.insert(line(single, "\(prefix)\(kind)-items/m", "value-1"))
        }
        lines.insert("\(mode) ./\(prefix)map/dump.bin decafebad0feff")
        lines.insert(line(mode, "\(prefix)fields/name", pod))
        lines.insert(line(single, "\(prefix)fields/m", pod))
      }
      return lines
    }

    private static func pod(_ lines: String, mode: String = "", script: String = look) -> String {
      let volumes = volumes(mode: mode)
      return Spec.shell(
        script,
        pod: """
          restartPolicy: Never
          \(lines)
          volumes:
          \(volumes.map { "- {name: \($0.name), \($0.source)}" }.joined(separator: "\n"))
          """,
        container: """
          volumeMounts:
          \(volumes.map { "- {name: \($0.name), mountPath: /v/\($0.name)}" }
            .joined(separator: "\n"))
          """)
    }

    @Test(
      "Files have the modes that are asked for, and more for the group of the pod",
      arguments: RuntimeKind.all)
    func modes(runtime: RuntimeKind) throws {
      let user = "securityContext: {runAsUser: 1000"
      let cases = [
        ("", "", "644", "400"), ("", "0400", "400", "400"),
        ("\(user), fsGroup: 1001}", "", "644", "440"),
        ("\(user), fsGroup: 1001}", "0440", "440", "440"),
      ]
      try PodFixture.with(runtime) { world in
        try world.podshim(["create", "-f", "-"], input: Self.objects)
        for (index, (lines, mode, usual, single)) in cases.enumerated() {
          let name = "pod\(index)"
          let text = Self.pod(lines, mode: mode)
          try world.create(text, named: name)
          try world.wait(until: .succeeded, name)
          let found = try world.logs(name, of: "main").split(separator: "\n").map(String.init)
          let wanted = Self.expected(of: name, mode: usual, single: single)
          #expect(Set(found) == wanted, "\(lines) \(mode)")
        }
      }
    }

    @Test("Nobody writes to them, and secrets lie in memory", arguments: RuntimeKind.all)
    func places(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try world.podshim(["create", "-f", "-"], input: Self.objects)
        try world.create(
          Self.pod(
            "",
            script: """
              for v in /v/*; do touch $v/new 2>/dev/null && echo wrote $v; done
              for v in /v/*; do grep -q " $v tmpfs " /proc/mounts && echo $v; done
              """))
        try world.wait(until: .succeeded)
        let names = Self.volumes().map { "/v/\($0.name)" }.filter { !$0.hasPrefix("/v/map") }
        #expect(try world.logs(of: "main") == names.sorted().map { $0 + "\n" }.joined())
        try world.podshim("delete", "pod", "pod")
        // A mount that were left would hold its folder.
        #expect(try Files.list(world.root + "/pods").isEmpty)
      }
    }

    @Test("A pod waits for what has to be in them", arguments: RuntimeKind.all)
    func missing(runtime: RuntimeKind) throws {
      let cases = [
        ("configMap: {name: settings}", "configmap \\\"settings\\\" not found"),
        ("secret: {secretName: keys}", "secret \\\"keys\\\" not found"),
        ("projected: {sources: [{configMap: {name: settings}}]}", "configmap \\\"settings\\\" not"),
        ("projected: {sources: [{secret: {name: keys}}]}", "secret \\\"keys\\\" not found"),
      ]
      try PodFixture.with(runtime) { world in
        for (index, (source, message)) in cases.enumerated() {
          try world.create(
            Spec.shell(
              "cat /v/data-1", pod: "restartPolicy: Never\nvolumes: [{name: v, \(source)}]",
              container: "volumeMounts: [{name: v, mountPath: /v}]"), named: "pod\(index)")
          try world.wait(for: "pod\(index) to wait") {
            try world.events(of: "pod\(index)").contains {
              $0.contains("FailedMount") && $0.contains(message)
            }
          }
          #expect(try world.status("pod\(index)").phase == .pending)
        }
        try world.podshim(["create", "-f", "-"], input: Self.objects)
        for index in cases.indices {
          try world.wait(until: .succeeded, "pod\(index)")
          #expect(try world.logs("pod\(index)", of: "main") == "value-1")
        }
      }
    }

    @Test("A pod waits for a key as for an object", arguments: RuntimeKind.all)
    func missingKey(runtime: RuntimeKind) throws {
      let items = "items: [{key: k, path: p}]"
      let cases = [
        (
          "configMap: {name: settings, \(items)}", "configmap references non-existent config key: k"
        ),
        ("secret: {secretName: keys, \(items)}", "references non-existent secret key: k"),
        (
          "projected: {sources: [{configMap: {name: settings, \(items)}}]}",
          "configmap references non-existent config key: k"
        ),
        (
          "projected: {sources: [{secret: {name: keys, \(items)}}]}",
          "references non-existent secret key: k"
        ),
      ]
      try PodFixture.with(runtime) { world in
        try world.podshim(["create", "-f", "-"], input: Self.objects)
        for (index, (source, message)) in cases.enumerated() {
          try world.create(
            Spec.shell("true", pod: "volumes: [{name: v, \(source)}]"), named: "pod\(index)")
          try world.wait(for: "pod\(index) to wait") {
            try world.events(of: "pod\(index)").contains {
              $0.contains("FailedMount") && $0.contains(message)
            }
          }
          #expect(try world.status("pod\(index)").phase == .pending)
        }
      }
    }
  }
}
