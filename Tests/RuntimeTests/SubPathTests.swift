import Glibc
import PodModel
import Testing

@testable import PodShim

/// Parts of volumes.
extension Pods {
  @Suite("A container may see a part of a volume, and no more")
  struct SubPathTests {
    @Test(
      "A part is made where it is missing, named by variables, a folder or a file",
      arguments: RuntimeKind.all)
    func parts(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try Files.makeDirectories(world.folder + "/host")
        try world.create(
          """
          restartPolicy: Never
          volumes:
          - {name: data, emptyDir: {}}
          - {name: host, hostPath: {path: \(world.folder)/host}}
          initContainers:
          - name: first
            image: busybox
            command: [sh, -c, "echo text > /whole/file; ln -s deep/folder /whole/link"]
            volumeMounts: [{name: data, mountPath: /whole}]
          containers:
          - name: main
            image: busybox
            env: [{name: NAME, value: web}]
            command:
            - sh
            - -c
            - echo by-name > /named/x; echo deep > /deep/x; cat /file /whole/logs/web/x;
              cat /whole/link/x; echo more > /host/x; touch /only-read/y
            volumeMounts:
            - {name: data, mountPath: /whole}
            - {name: data, mountPath: /deep, subPath: link}
            - {name: data, mountPath: /named, subPathExpr: logs/$(NAME)}
            - {name: data, mountPath: /file, subPath: file}
            - {name: data, mountPath: /only-read, subPath: link, readOnly: true}
            - {name: host, mountPath: /host, subPath: sub-path}
          """)
        // The link leads nowhere yet.
        _ = try world.wait(untilWaiting: "CreateContainerConfigError")
        let uid = try world.uid()
        try Files.makeDirectories("\(world.root)/pods/\(uid)/volumes/data/deep/folder")
        let end = try world.end()
        let printed = try world.logs(of: "main")
        #expect(end.exitCode == 1)
        #expect(printed.hasPrefix("text\nby-name\ndeep\n"))
        #expect(printed.contains("/only-read/y: Read-only file system"))
        #expect(try Files.readText("\(world.folder)/host/sub-path/x") == "more\n")
        try world.podshim("delete", "pod", "pod")
        try world.expectNoTraces()
      }
    }

    @Test(
      "A part may wait for the value of its name, which may change later",
      arguments: RuntimeKind.all)
    func valueComesLater(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        func manifest(_ annotations: String) -> String {
          let spec = Spec.shell(
            "echo there > /part/file; \(Spec.idle)",
            pod: "volumes: [{name: data, emptyDir: {}}]",
            container: """
              env:
              - {name: PLACE, valueFrom: {fieldRef: {fieldPath: "metadata.annotations['place']"}}}
              - {name: POD_NAME, valueFrom: {fieldRef: {fieldPath: metadata.name}}}
              volumeMounts:
              - {name: data, mountPath: /part, subPathExpr: $(PLACE)/$(POD_NAME)}
              - {name: data, mountPath: /whole}
              """)
          return PodFixture.manifest(spec).replacing(
            "  name: pod\n", with: "  name: pod\n  annotations: {\(annotations)}\n")
        }
        try world.podshim(["create", "-f", "-"], input: manifest(""))
        let waiting = try world.wait(untilWaiting: "CreateContainerConfigError")
        #expect(waiting.message == "missing value for PLACE")
        try world.podshim(["apply", "-f", "-"], input: manifest("place: here"))
        try world.waitUntilRunning()
        try world.podshim(["apply", "-f", "-"], input: manifest("place: elsewhere"))
        #expect(try world.exec(in: "main", "cat", "/whole/here/pod/file") == "there\n")
        #expect(try world.status().phase == .running)
        try world.podshim("delete", "pod", "pod")
        try world.expectNoTraces()
      }
    }

    @Test(
      "A part stays what was opened for the run, whatever comes into its place",
      arguments: RuntimeKind.all)
    func stays(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try world.create(
          Spec.shell(
            Spec.idle, pod: "volumes: [{name: data, emptyDir: {}}]",
            container: """
              volumeMounts:
              - {name: data, mountPath: /part, subPath: mine}
              - {name: data, mountPath: /whole}
              """))
        try world.waitUntilRunning()
        let script = "mv /whole/mine /whole/moved; mkdir /whole/mine; echo here > /part/file"
        _ = try world.exec(in: "main", "sh", "-c", script)
        #expect(try world.exec(in: "main", "cat", "/whole/moved/file") == "here\n")
        #expect(try world.exec(in: "main", "ls", "/whole/mine") == "")
        try world.podshim("delete", "pod", "pod")
        try world.expectNoTraces()
      }
    }

    @Test(
      "What is no part of the volume is refused in the kubelet's words", arguments: RuntimeKind.all)
    func refused(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try Files.makeDirectories(world.folder + "/host")
        try Files.symlink("/etc", at: world.folder + "/host/out")
        try Files.symlink("..", at: world.folder + "/host/up")
        try Files.writeText("", to: world.folder + "/host/file")
        let prepare = "failed to prepare subPath for volumeMount \"host\" of container \"main\""
        let cases = [
          ("subPathExpr: $(UP)", "unable to provision SubPath `..`: must not contain '..'"),
          ("subPathExpr: $(TMP)", "error SubPath `/tmp` must not be an absolute path"),
          ("subPathExpr: $(NONE)/x", "missing value for NONE"),
          ("subPath: out", prepare), ("subPath: out/passwd", prepare),
          ("subPath: up/host", prepare),
          ("subPath: file/x", prepare), ("subPath: out/x/y", prepare), ("subPath: up/x", prepare),
        ]
        for (number, (path, _)) in cases.enumerated() {
          try world.create(
            Spec.shell(
              "cat /part/passwd; ls /part",
              pod: "volumes: [{name: host, hostPath: {path: \(world.folder)/host}}]",
              container: """
                env: [{name: UP, value: ".."}, {name: TMP, value: /tmp}]
                volumeMounts: [{name: host, mountPath: /part, \(path)}]
                """), named: "pod-\(number)")
        }
        for (number, (path, message)) in cases.enumerated() {
          let waiting = try world.wait(
            untilWaiting: "CreateContainerConfigError", of: "pod-\(number)")
          #expect(waiting.message == message, "\(path)")
        }
        #expect(!Files.exists("/etc/x") && !Files.exists("\(world.folder)/x"))
        try world.podshim("delete", "pods", "--all")
        try world.expectNoTraces()
      }
    }

    @Test(
      "A container that turns the way elsewhere leads nobody out of the volume",
      arguments: RuntimeKind.all)
    func race(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        let secret = world.folder + "/secret"
        try Files.makeDirectories(secret)
        try Files.writeText("secret\n", to: secret + "/here")
        try world.create(
          """
          terminationGracePeriodSeconds: 0
          volumes: [{name: data, emptyDir: {}}]
          containers:
          - name: turner
            image: busybox
            command:
            - sh
            - -c
            - |
              cd /data; mkdir -p way aside; ln -s \(secret) link; echo turning
              while :; do
                mv way folder; mv link way; mv way link; mv folder way
              done
            volumeMounts: [{name: data, mountPath: /data}]
          - name: victim
            image: busybox
            restartPolicy: Always
            restartPolicyRules: [{action: Restart, exitCodes: {operator: In, values: [7]}}]
            command: [sh, -c, "cat /part/here >> /data/found; touch /part/was-here; exit 7"]
            volumeMounts:
            - {name: data, mountPath: /part, subPath: way}
            - {name: data, mountPath: /data}
          """)
        try world.wait(for: "some runs", within: .seconds(60)) {
          try world.restarts(of: "victim") >= 2
        }
        #expect(try Files.list(secret) == ["here"])
        let found = try world.exec(in: "turner", "sh", "-c", "cat /data/found")
        #expect(found.isEmpty, "\(found)")
        try world.killSupervisor()
        try world.podshim("delete", "pod", "pod", "--now")
        #expect(try Files.readText(secret + "/here") == "secret\n")
        try world.expectNoTraces()
      }
    }
  }
}
