import Glibc
import PodModel
import Testing

@testable import PodShim

/// Folders that begin empty and go with their pod.
extension Pods {
  @Suite("An emptyDir is on disk or in memory, for every user and for the pod's group")
  struct EmptyDirTests {
    /// Everything that the conformance tests of emptyDir look at, of three users in both media.
    ///
    /// A script sees the volume at /data, and prints its file system, the mode and group of its
    /// root, and of a file of each mode that it makes.
    private static let look = """
      umask 0
      stat -f -c %T /data | sed 's/ext2.*/disk/; s/overlay.*/disk/'
      stat -c '%a %u:%g' /data
      for mode in 644 666 777; do
        echo content > /data/$mode-$(id -u) && chmod $mode /data/$mode-$(id -u)
        stat -c '%a %u:%g' /data/$mode-$(id -u); cat /data/$mode-$(id -u)
      done
      """

    private static func pod(_ source: String, _ context: String = "{}", user: Int) -> String {
      Spec.shell(
        look,
        pod: """
          restartPolicy: Never
          securityContext: \(context)
          volumes: [{name: data, emptyDir: \(source)}]
          """,
        container: """
          securityContext: {runAsUser: \(user)}
          volumeMounts: [{name: data, mountPath: /data}]
          """)
    }

    private static func files(_ owner: String) -> [String] {
      ["644", "666", "777"].flatMap { ["\($0) \(owner)", "content"] }
    }

    @Test("Modes and owners, by medium, user and group", arguments: RuntimeKind.all)
    func modes(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        let group = "{fsGroup: 123}"
        let pods = [
          ("disk-root", Self.pod("{}", user: 0), ["777 0:0"] + Self.files("0:0")),
          ("disk-user", Self.pod("{}", user: 1001), ["777 0:0"] + Self.files("1001:0")),
          ("disk-group", Self.pod("{}", group, user: 0), ["2777 0:123"] + Self.files("0:123")),
          (
            "memory-root", Self.pod("{medium: Memory}", user: 0),
            ["tmpfs", "1777 0:0"] + Self.files("0:0")
          ),
          (
            "memory-user", Self.pod("{medium: Memory}", user: 1001),
            ["tmpfs", "1777 0:0"] + Self.files("1001:0")
          ),
          (
            "memory-group", Self.pod("{medium: Memory}", group, user: 0),
            ["tmpfs", "3777 0:123"] + Self.files("0:123")
          ),
          (
            "memory-group-user", Self.pod("{medium: Memory}", group, user: 1001),
            ["tmpfs", "3777 0:123"] + Self.files("1001:123")
          ),
        ]
        for (name, spec, _) in pods { try world.create(spec, named: name) }
        for (name, _, expected) in pods {
          #expect(try world.end(of: "main", of: name).exitCode == 0)
          let lines = try world.logs(name, of: "main").split(separator: "\n").map(String.init)
          #expect(Array(lines.suffix(expected.count)) == expected, "\(name)")
        }
      }
    }

    @Test("In memory it is as large as it says, and one for all", arguments: RuntimeKind.all)
    func memory(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try world.create(
          """
          restartPolicy: Never
          terminationGracePeriodSeconds: 2
          securityContext: {fsGroup: 123}
          volumes: [{name: data, emptyDir: {medium: Memory, sizeLimit: 10Mi}}]
          containers:
          - name: reader
            image: busybox
            command: [sh, -c, "until [ -e /in/word ]; do usleep 10000; done; cat /in/word; id -G"]
            volumeMounts: [{name: data, mountPath: /in}]
          - name: writer
            image: busybox
            securityContext: {runAsUser: 1001}
            command: [sh, -c, "df -k /out | tail -n 1; stat -c '%a %g' /part; echo word > /out/word"]
            volumeMounts:
            - {name: data, mountPath: /out}
            - {name: data, mountPath: /part, subPath: test-sub}
          """)
        #expect(try world.end(of: "reader").exitCode == 0)
        #expect(try world.end(of: "writer").exitCode == 0)
        #expect(try world.logs(of: "reader") == "word\n0 123\n")
        let written = try world.logs(of: "writer").split(separator: "\n")
        #expect(written.first?.split(separator: " ")[1] == "10240")
        // The part has the mode of the whole.
        #expect(written.last == "3777 123")
      }
    }

    @Test("In memory it is as large as the pod may be", arguments: RuntimeKind.all)
    func memoryLimit(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try world.create(
          Spec.shell(
            "df -k /data | tail -n 1",
            pod: """
              restartPolicy: Never
              volumes: [{name: data, emptyDir: {medium: Memory, sizeLimit: 1Gi}}]
              """,
            container: """
              resources: {limits: {memory: 48Mi}}
              volumeMounts: [{name: data, mountPath: /data}]
              """))
        #expect(try world.end(of: "main").exitCode == 0)
        #expect(try world.logs(of: "main").split(separator: " ")[1] == "49152")
      }
    }

    @Test(
      "In memory it outlives the supervisor and the run, and goes with the pod's end",
      arguments: RuntimeKind.all)
    func outlives(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try world.create(
          Spec.shell(
            "cat /data/word || { echo first > /data/word; \(Spec.idle); }",
            pod: """
              restartPolicy: OnFailure
              volumes: [{name: data, emptyDir: {medium: Memory}}, {name: disk, emptyDir: {}}]
              """,
            container: "volumeMounts: [{name: data, mountPath: /data}]"))
        try world.waitUntilRunning()
        let volumes = "\(world.root)/pods/\(try world.uid())/volumes"
        try world.wait(for: "the word") {
          try world.run(["exec", "pod", "--", "cat", "/data/word"]).outputText == "first\n"
        }
        try world.killSupervisor()
        try world.process().signal(SIGKILL)
        try world.wait(until: .succeeded)
        #expect(try world.logs(of: "main") == "first\n")
        // What a volume held is gone with the end of its pod, which is still there to be read.
        try world.wait(for: "the volumes to go") { !Files.exists(volumes) }
        try world.podshim("delete", "pod", "pod")
        try world.expectNoTraces()
      }
    }
  }
}
