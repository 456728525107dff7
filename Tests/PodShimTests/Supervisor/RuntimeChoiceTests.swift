import Testing

@testable import PodShim

/// What we say to a runtime, and which one we take.
@Suite struct RuntimeArgumentTests {
  private let runtime = Runtime(name: "crun", path: "/usr/bin/crun", root: "/run/podshim/crun")
  private let creation = Runtime.Creation(
    id: "uid_web_0", bundle: "/b", pidFile: "/b/pid", log: "/b/log")

  @Test func `create names bundle, pid file and log`() {
    let words =
      "/usr/bin/crun --root /run/podshim/crun --log file:/b/log --log-format json create"
      + " --bundle /b --pid-file /b/pid uid_web_0"
    #expect(runtime.create(creation).joined(separator: " ") == words)
  }

  @Test func `create of a terminal names the socket that it is handed over on`() {
    var creation = creation
    creation.consoleSocket = "console"
    #expect(runtime.create(creation).suffix(3) == ["--console-socket", "console", "uid_web_0"])
  }

  @Test func `the other verbs say as little as they can`() {
    #expect(runtime.start("x", log: "/l").suffix(2) == ["start", "x"])
    #expect(runtime.delete("x").suffix(3) == ["delete", "--force", "x"])
    #expect(runtime.exec("x", process: "/p").suffix(4) == ["exec", "--process", "/p", "x"])
    #expect(runtime.run(creation).contains("--detach"))
  }
}

@Suite struct HeldProcessTests {
  private let runtime = Runtime(name: "crun", path: "/usr/bin/crun", root: "/r")

  @Test func `a process that waits for its start is the runtime's`() {
    #expect(runtime.holds(["/usr/bin/crun", "--root", "/r", "create", "x"]))
    #expect(runtime.holds(["runc", "init"]))
  }

  @Test func `a process that was started is its own`() {
    #expect(!runtime.holds(["sh", "-c", "crun"]))
    #expect(!runtime.holds(["init"]))
    #expect(!runtime.holds([]))
  }
}

@Suite struct RuntimeChoiceTests {
  private func choice(
    _ wanted: String, installed: [String], hybrid: [String] = []
  ) -> RuntimeChoice {
    RuntimeChoice(
      wanted: wanted,
      find: { name in
        guard installed.contains(name) else { return nil }
        return name.contains("/") ? name : "/usr/bin/\(name)"
      },
      hybridControllers: hybrid)
  }

  @Test func `auto takes crun, else runc`() throws {
    #expect(try choice("auto", installed: ["crun", "runc"]).choose().name == "crun")
    #expect(try choice("auto", installed: ["runc"]).choose().path == "/usr/bin/runc")
  }

  @Test func `auto passes over a crun that cannot work here`() throws {
    let here = choice("auto", installed: ["crun", "runc"], hybrid: ["hugetlb"])
    #expect(try here.choose().name == "runc")
  }

  @Test func `a crun that was asked for and cannot work here is refused with the controller`() {
    let error = #expect(throws: RuntimeChoice.NoRuntime.self) {
      try choice("crun", installed: ["crun"], hybrid: ["hugetlb"]).choose()
    }
    #expect(error?.description.contains("hugetlb") == true)
    #expect(error?.description.contains("--runtime runc") == true)
  }

  @Test func `a host without a runtime is told which packages there are`() {
    let error = #expect(throws: RuntimeChoice.NoRuntime.self) {
      try choice("auto", installed: []).choose()
    }
    #expect(error?.description.contains("install the package `crun` or `runc`") == true)
  }

  @Test func `a path at which there is nothing is refused`() {
    let error = #expect(throws: RuntimeChoice.NoRuntime.self) {
      try choice("/opt/x/runc", installed: ["runc"]).choose()
    }
    #expect(error?.description.contains("`/opt/x/runc` not found") == true)
  }

  @Test func `a path is taken as it is`() throws {
    let (name, path) = try choice("/opt/x/runc", installed: ["/opt/x/runc"]).choose()
    #expect(name == "runc" && path == "/opt/x/runc")
  }
}

@Suite struct HostPathsTests {
  @Test func `root has the places of the file system hierarchy`() {
    let paths = HostPaths(root: nil, state: nil, environment: [:], isRoot: true)
    #expect(paths.root == "/var/lib/podshim")
    #expect(paths.state == "/run/podshim")
    #expect(paths.logs == "/var/log/pods")
  }

  @Test func `a root of one's own keeps the logs too`() {
    let paths = HostPaths(root: "/r", state: "/s", environment: [:], isRoot: true)
    #expect(paths.logs == "/r/log/pods")
    #expect(paths.pod(uid: "u").bundle("web", run: 2) == "/s/pods/u/bundles/web/2")
  }

  @Test func `a user has the places of the XDG variables`() {
    let environment = ["HOME": "/h", "XDG_RUNTIME_DIR": "/run/user/1000"]
    let paths = HostPaths(root: nil, state: nil, environment: environment, isRoot: false)
    #expect(paths.root == "/h/.local/share/podshim")
    #expect(paths.state == "/run/user/1000/podshim")
    #expect(paths.logs == "/h/.local/state/podshim/log/pods")
  }
}
