import Glibc
import PodModel
import Testing

@testable import PodShim

/// Images, claims, devices, and what passes through the edges of volumes.
extension Pods {
  @Suite("A volume may be an image, a claim or a device; mounts pass where they may")
  struct VolumeTests {
    @Test(
      "A folder of the host has its own mode, and containers share it", arguments: RuntimeKind.all)
    func hostPath(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        let folder = world.folder + "/host"
        try Files.makeDirectories(folder)
        #expect(chmod(folder, 0o1777) == 0)
        func container(_ name: String, _ script: String) -> String {
          Spec.container(name, script, "securityContext: {privileged: true}")
        }
        try world.create(
          Spec.pod(
            "restartPolicy: Never",
            [
              container(
                "writer", "stat -c %a /out; echo word > /out/word.new; mv /out/word.new /out/word"),
              container("reader", "until [ -e /out/word ]; do usleep 10000; done; cat /out/word"),
            ], out: folder))
        try world.wait(until: .succeeded)
        #expect(try world.logs(of: "writer") == "1777\n")
        #expect(try world.logs(of: "reader") == "word\n")
      }
    }

    @Test("An image is read and no more, whole or a part of it", arguments: RuntimeKind.all)
    func image(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try world.create(
          Spec.shell(
            """
            cmp /etc/passwd /tools/etc/passwd && cmp /etc/passwd /etc/tools/passwd && echo same
            touch /tools/x || /tools/bin/busybox true || echo $?
            """,
            pod: """
              restartPolicy: Never
              volumes: [{name: tools, image: {reference: busybox}}]
              """,
            container: """
              volumeMounts:
              - {name: tools, mountPath: /tools}
              - {name: tools, mountPath: /etc/tools, subPath: etc}
              """))
        #expect(try world.end().exitCode == 0)
        let lines = try world.logs(of: "main").split(separator: "\n")
        #expect(lines.count == 4 && lines.contains("same"), "\(lines)")
        #expect(lines.contains("touch: /tools/x: Read-only file system"))
        #expect(lines.contains("126"))
        try world.podshim("delete", "pod", "pod")
        try world.expectNoTraces()
      }
    }

    @Test(
      "An image that is not there is waited for as a container's is", arguments: RuntimeKind.all)
    func missingImage(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        let policies = [("IfNotPresent", "ErrImagePull"), ("Never", "ErrImageNeverPull")]
        for (policy, _) in policies {
          try world.create(
            Spec.shell(
              "echo never",
              pod: "volumes: [{name: tools, image: "
                + "{reference: \"localhost:1/nowhere\", pullPolicy: \(policy)}}]",
              container: "volumeMounts: [{name: tools, mountPath: /tools}]"),
            named: policy.lowercased())
        }
        for (policy, reason) in policies {
          let waiting = try world.wait(untilWaiting: reason, of: policy.lowercased())
          #expect(waiting.message?.contains("localhost:1") == true)
        }
      }
    }

    @Test("A claim outlives its pods, and is made by the first", arguments: RuntimeKind.all)
    func claim(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        func spec(_ script: String, _ claim: String, _ context: String = "{}") -> String {
          Spec.shell(
            script,
            pod: """
              restartPolicy: Never
              securityContext: \(context)
              volumes: [{name: data, persistentVolumeClaim: {\(claim)}}]
              """,
            container: "volumeMounts: [{name: data, mountPath: /data}]")
        }
        try world.create(
          spec("echo kept > /data/word; stat -c %a /data", "claimName: disk", "{runAsUser: 1234}"))
        #expect(try world.end().exitCode == 0)
        #expect(try world.logs(of: "main") == "777\n")
        try world.podshim("delete", "pod", "pod")
        let claim = "\(world.root)/claims/default/disk"
        #expect(try Files.readText(claim + "/word") == "kept\n")
        try world.create(
          spec("cat /data/word; touch /data/x", "claimName: disk, readOnly: true"), named: "reader")
        try world.create(
          spec("stat -c '%a %g' /data /data/word", "claimName: disk", "{fsGroup: 42}"),
          named: "grouper")
        #expect(try world.end(of: "main", of: "reader").exitCode == 1)
        #expect(
          try world.logs("reader", of: "main")
            == "kept\ntouch: /data/x: Read-only file system\n")
        #expect(try world.end(of: "main", of: "grouper").exitCode == 0)
        #expect(try world.logs("grouper", of: "main") == "2777 42\n664 42\n")
        try world.podshim("delete", "pods", "--all")
        try Files.removeTree("\(world.root)/claims")
        try world.expectNoTraces()
      }
    }

    @Test(
      "A claim that is a block device is a node for whom it is meant", arguments: RuntimeKind.all)
    func device(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try Files.makeDirectories("\(world.root)/claims/default")
        // A number that no driver has: to open it is another error than to be forbidden to.
        let path = "\(world.root)/claims/default/disk"
        #expect(mknod(path, S_IFBLK | 0o660, dev_t(0xff07)) == 0)
        try world.create(
          Spec.shell(
            """
            stat -c '%F %t:%T' /dev/disk; cat /dev/disk
            mknod /tmp/other b 254 99 && cat /tmp/other
            """,
            pod: """
              restartPolicy: Never
              volumes: [{name: data, persistentVolumeClaim: {claimName: disk}}]
              """,
            container: "volumeDevices: [{name: data, devicePath: /dev/disk}]"))
        _ = try world.end()
        let lines = try world.logs(of: "main").split(separator: "\n")
        #expect(lines.first == "block special file ff:7")
        #expect(lines.contains { $0.contains("/dev/disk") && $0.contains("No such device") })
        #expect(lines.last?.contains("Operation not permitted") == true)
        try world.create(
          Spec.shell(
            "echo never",
            pod: "volumes: [{name: data, persistentVolumeClaim: {claimName: none}}]",
            container: "volumeDevices: [{name: data, devicePath: /dev/disk}]"), named: "none")
        try world.wait(untilReported: ["claim is not a block device"], of: "none")
        try world.podshim("delete", "pods", "--all")
        try Files.removeTree("\(world.root)/claims")
        try world.expectNoTraces()
      }
    }

    @Test(
      "Read-only holds for what is mounted below, when it is asked to", arguments: RuntimeKind.all)
    func recursiveReadOnly(runtime: RuntimeKind) throws {
      let mounts =
        "mount -t tmpfs -o size=1m none /mnt && mkdir /mnt/below && "
        + "mount -t tmpfs -o size=1m none /mnt/below"
      try PodFixture.with(runtime, preparation: mounts) { world in
        let modes = ["Disabled", "IfPossible", "Enabled"]
        let list = modes.map {
          "- {name: host, mountPath: /\($0), readOnly: true, recursiveReadOnly: \($0)}"
        }
        try world.create(
          Spec.shell(
            "for mode in \(modes.joined(separator: " ")); do touch /$mode/x /$mode/below/x; done",
            pod: "restartPolicy: Never\nvolumes: [{name: host, hostPath: {path: /mnt}}]",
            container: "volumeMounts:\n" + list.joined(separator: "\n")))
        _ = try world.end()
        let lines = try world.logs(of: "main").split(separator: "\n").map(String.init)
        let places = ["Disabled", "IfPossible", "IfPossible/below", "Enabled", "Enabled/below"]
        #expect(lines == places.map { "touch: /\($0)/x: Read-only file system" })
      }
    }

    @Test("Mounts pass from the host, both ways, or not at all", arguments: RuntimeKind.all)
    func propagation(runtime: RuntimeKind) throws {
      let shared = "mount -t tmpfs -o size=1m none /mnt && mount --make-shared /mnt"
      try PodFixture.with(runtime, preparation: shared) { world in
        let place = "/mnt/\(Files.split(world.folder).name)"
        func container(_ name: String, _ propagation: String) -> String {
          """
          - name: \(name)
            image: busybox
            securityContext: {privileged: true}
            command:
            - sh
            - -c
            - |
              mkdir /mnt/\(name); mount -t tmpfs \(name) /mnt/\(name); touch /mnt/\(name)/made
              \(Spec.idle)
            volumeMounts: [{name: host, mountPath: /mnt, mountPropagation: \(propagation)}]
          """
        }
        try world.create(
          """
          terminationGracePeriodSeconds: 1
          volumes: [{name: host, hostPath: {path: \(place), type: DirectoryOrCreate}}]
          containers:
          \(container("private", "None"))
          \(container("slave", "HostToContainer"))
          \(container("master", "Bidirectional"))
          """)
        try world.waitUntilRunning()
        world.atEnd { _ = try world.onHost("umount \(place)/host \(place)/master; rm -r \(place)") }
        _ = try world.onHost(
          "mkdir \(place)/host; mount -t tmpfs host \(place)/host; touch \(place)/host/made")
        for name in ["private", "slave", "master"] {
          try world.wait(for: "the mount of `\(name)`") {
            try world.run(["exec", "pod", "-c", name, "--", "ls", "/mnt/\(name)/made"]).succeeded
          }
        }
        let seen = try ["private", "slave", "master"].map {
          try world.exec(in: $0, "sh", "-c", "cd /mnt; ls -d */made")
        }
        #expect(
          seen == [
            "private/made\n", "host/made\nmaster/made\nslave/made\n", "host/made\nmaster/made\n",
          ])
        #expect(try world.onHost("cd \(place); ls -d */made") == "host/made\nmaster/made\n")
      }
    }

    @Test("Where the host shares nothing, who wants it shared is told", arguments: RuntimeKind.all)
    func notShared(runtime: RuntimeKind) throws {
      let alone = "mount -t tmpfs -o size=1m none /mnt && mount --make-private /mnt"
      try PodFixture.with(runtime, preparation: alone) { world in
        for (name, lacking) in [
          ("HostToContainer", "a shared or slave mount"), ("Bidirectional", "a shared mount"),
        ] {
          try world.create(
            Spec.shell(
              "echo never", pod: "volumes: [{name: host, hostPath: {path: /mnt}}]",
              container: """
                securityContext: {privileged: true}
                volumeMounts: [{name: host, mountPath: /mnt, mountPropagation: \(name)}]
                """), named: name.lowercased())
          let waiting = try world.wait(untilWaiting: "CreateContainerError", of: name.lowercased())
          #expect(
            waiting.message?.hasSuffix(
              "path \"/mnt\" is mounted on \"/mnt\" but it is not \(lacking)") == true)
        }
      }
    }
  }
}

extension PodFixture {
  /// What a command of the shell prints that sees the mounts which the programs of this world see.
  fileprivate func onHost(_ command: String) throws -> String {
    var shell = Program("/bin/sh", ["sh", "-c", command])
    shell.namespaces = namespaces
    return try shell.run(timeout: .seconds(5)).outputText
  }
}
