import PodModel
import Testing

@testable import PodShim

@Suite("The pod that run NAME describes")
struct PodSketchTests {
  /// What kubectl keeps of a server: with it, it needs none to print what it has made.
  private static let server = [
    "servergroups.json": """
    {"kind": "APIGroupList", "apiVersion": "v1", "groups": [{"name": "",
     "versions": [{"groupVersion": "v1", "version": "v1"}],
     "preferredVersion": {"groupVersion": "v1", "version": "v1"}}]}
    """,
    "v1/serverresources.json": """
    {"kind": "APIResourceList", "apiVersion": "v1", "groupVersion": "v1", "resources": [
     {"name": "pods", "singularName": "", "namespaced": true, "kind": "Pod",
      "verbs": ["create", "get"]}]}
    """,
  ]

  private func kubectl(_ words: [String]) throws -> ProgramResult {
    let scratch = try LinuxScratch()
    for (name, text) in Self.server {
      let path = scratch["cache/discovery/localhost_8080/\(name)"]
      try Files.makeDirectories(Files.split(path).directory)
      try Files.writeText(text, to: path)
    }
    return try Kubectl.run(["--cache-dir=\(scratch["cache"])", "run"] + words)
  }

  private func sketch(_ words: [String]) throws -> PodSketch {
    try PodSketch(ArgumentReader.read(["run"] + words))
  }

  @Test(arguments: [
    ["web", "--image=nginx"],
    ["web", "--image", "nginx:1", "--port=80", "--env=A=b", "--env", "C=d=e", "--env=E="],
    ["web", "--image=nginx", "--restart=Never", "--labels=a=b,c=d", "--quiet"],
    ["web", "--image=nginx", "-l", "a=b", "--restart=OnFailure", "--annotations=x=y"],
    ["web", "--image=nginx", "--labels=", "--image-pull-policy=Always", "--privileged"],
    ["web", "--image=nginx", "--leave-stdin-open", "--", "sh", "-c", "echo hi"],
    ["web", "--image=nginx", "a", "b", "--", "-c"],
    ["web", "--image=nginx", "--command", "--", "sleep", "5"],
    ["Not_A_Name", "--image=quay.io/a/b@sha256:\(String(repeating: "a", count: 64))"],
    [
      "web", "--image=nginx",
      #"--overrides={"spec": {"hostNetwork": true, "dnsPolicy": null, "nodeName": "n"}}"#,
    ],
    [
      "web", "--image=nginx",
      #"--overrides={"metadata": {"labels": {"x": "y"}}, "spec": {"containers": [{"name": "c"}]}}"#,
    ],
  ])
  func `is the one that kubectl describes`(_ words: [String]) throws {
    let parts = words.split(separator: "--", maxSplits: 1, omittingEmptySubsequences: false)
    let flags = Array(parts[0]) + ["--dry-run=client", "-o", "yaml"]
    let all = flags + (parts.count > 1 ? ["--"] + parts[1] : [])
    let expected = try kubectl(all)
    #expect(expected.succeeded, "\(expected.errorText)")
    #expect(try sketch(words).text.yamlText() == expected.outputText)
  }

  @Test(arguments: [
    ["web", "--image=nginx", "--env=A"], ["web", "--image=nginx", "--env==b"],
    ["web", "--image=nginx", "--labels=x"],
  ])
  func `is refused in kubectl's words`(_ words: [String]) throws {
    let expected = try kubectl(words + ["--dry-run=client", "-o", "yaml"])
    let error = #expect(throws: CommandError.self) { try sketch(words) }
    #expect(error.map { $0.description + "\n" } == expected.errorText)
  }

  /// As kubectl 1.20 has them; later ones lost these flags.
  @Test func `may ask for resources, and for a port of the host`() throws {
    let words = [
      "web", "--image=nginx", "--requests=cpu=100m,memory=256Mi", "--limits=cpu=200m", "--port=81",
      "--hostport=80", "--serviceaccount=x",
    ]
    #expect(
      try sketch(words).text.yamlText() == """
        apiVersion: v1
        kind: Pod
        metadata:
          creationTimestamp: null
          labels:
            run: web
          name: web
        spec:
          containers:
          - image: nginx
            name: web
            ports:
            - containerPort: 81
              hostPort: 80
            resources:
              limits:
                cpu: 200m
              requests:
                cpu: 100m
                memory: 256Mi
          dnsPolicy: ClusterFirst
          restartPolicy: Always
          serviceAccountName: x
        status: {}

        """)
  }

  @Test func `has an open input for who types, which ends with the first`() throws {
    let pod = try sketch(["web", "--image=nginx", "-it", "--", "sh"]).pod()
    let container = try #require(pod.spec.containers.first)
    #expect(container.stdin == true && container.stdinOnce == true && container.tty == true)
    #expect(container.args == ["sh"])
    let open = try sketch(["web", "--image=nginx", "-i", "--leave-stdin-open"]).pod()
    #expect(open.spec.containers.first?.stdin == true)
    #expect(open.spec.containers.first?.stdinOnce != true)
  }

  @Test func `is refused as a server would refuse it`() throws {
    let error = #expect(throws: CommandError.self) {
      try sketch(["Web_", "--image=nginx"]).pod()
    }
    #expect(error?.description.hasPrefix("The Pod \"Web_\" is invalid: ") == true)
  }

  @Test(arguments: [
    (["web"], "required flag(s) \"image\" not set"), (["--image=x"], "NAME is required for run"),
    (["web", "--image=x", "-t"], "-i/--stdin is required for containers with -t/--tty=true"),
    (["web", "--image=x", "--rm"], "--rm should only be used for attached containers"),
    (["web", "--image=x", "-i", "--dry-run=client"], "can't be used with attached containers"),
    (["web", "--image=x", "--expose", "--port=80"], "podshim has none: leave it out"),
    (["-f", "pod.yaml", "--image=x"], "--image has no meaning for -f"),
    (["-f", "pod.yaml", "web"], "unexpected argument \"web\""),
  ])
  func `makes sense, or is a usage error`(_ words: [String], _ message: String) throws {
    let error = #expect(throws: UsageError.self) {
      try RunCommand.run(ArgumentReader.read(["run"] + words))
    }
    #expect(error?.message.contains(message) == true)
  }
}
