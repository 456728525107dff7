import Testing

@testable import PodModel

@Suite struct ManifestTests {
  static let web = """
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
      - name: web
        image: nginx

    """

  @Test func `several documents give several pods`() {
    let text = Self.web + "---\n---\n" + Self.web.replacing("web", with: "app") + "---\n"
    let manifest = Manifest.read(text: text, file: "f")
    #expect(manifest.errors.isEmpty)
    #expect(manifest.objects.map(\.metadata.name) == ["web", "app"])
    #expect(manifest.objects.map(\.kind) == ["Pod", "Pod"])
  }

  @Test func `a list is flattened, lists in lists, too`() {
    let text = """
      apiVersion: v1
      kind: List
      metadata: {resourceVersion: ""}
      items:
      - {apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: a}]}}
      - apiVersion: v1
        kind: List
        items:
        - {apiVersion: v1, kind: Pod, metadata: {name: b}, spec: {containers: [{name: b, image: b}]
          }}
      """
    let manifest = Manifest.read(text: text, file: "f")
    #expect(manifest.errors.isEmpty)
    #expect(manifest.objects.map(\.metadata.name) == ["a", "b"])
  }

  @Test func `json gives the same pod as yaml`() throws {
    let pod = try #require(Manifest.read(text: Self.web, file: "f").pods.first)
    let text = """
      {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "web"},
       "spec": {"containers": [{"name": "web", "image": "nginx"}]}}
      """
    #expect(Manifest.read(text: text, file: "f").pods == [pod])
  }

  @Test func `cluster-only fields are kept and named in one warning`() throws {
    let text =
      Self.web + """
          schedulerName: mine
          priorityClassName: high
          tolerations:
          - {operator: Exists}
          affinity:
            nodeAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [{weight: 1}]}
            podAffinity: {anything: [1, 2]}
          serviceAccountName: default
        """
    let manifest = Manifest.read(text: text, file: "pod.yaml")
    #expect(manifest.errors.isEmpty)
    #expect(
      manifest.warnings.map(\.description) == [
        "pod.yaml:9:3: kept but without effect outside a cluster: `spec.schedulerName`, "
          + "`spec.priorityClassName`, `spec.tolerations`, `spec.affinity.nodeAffinity."
          + "preferredDuringSchedulingIgnoredDuringExecution`, `spec.affinity.podAffinity`"
      ])
    let pod = try #require(manifest.pods.first)
    #expect(pod.node["spec"]?["affinity"]?["podAffinity"]?.sequence("anything")?.count == 2)
    #expect(pod.spec.tolerations == [Toleration().with { $0.operator = "Exists" }])
  }

  @Test func `what works but was hardly meant is warned about`() throws {
    let text =
      Self.web + """
            env: [{name: A, value: x}, {name: B}, {name: A, value: z}]
          terminationGracePeriodSeconds: -3
        """
    let manifest = Manifest.read(text: text, file: "f")
    #expect(manifest.errors.isEmpty)
    #expect(
      manifest.warnings.map(\.description) == [
        "f:9:43: spec.containers[0].env[2]: hides previous definition of \"A\"",
        "f:10:34: spec.terminationGracePeriodSeconds: "
          + "must be >= 0; negative values are invalid and will be treated as 1",
      ])
    #expect(manifest.pods.first?.spec.terminationGracePeriodSeconds == 1)
  }

  @Test func `a flood of mistakes is cut off`() {
    let text = Self.web + (0..<2000).map { "  f\($0): 1\n" }.joined()
    #expect(Manifest.read(text: text, file: "f").errors.count == 500)
  }

  @Test func `a very long text is not repeated`() {
    let text = Self.web + "  containerz: 1\n  volumes: " + String(repeating: "x", count: 9000)
    #expect(Manifest.read(text: text, file: "f").errors.allSatisfy { $0.description.count < 200 })
  }

  @Test func `init containers, which run one by one, may use the same port of the host`() {
    let text = Self.web.replacing(
      "  containers:",
      with: """
          initContainers:
          - {name: one, image: one, ports: [{containerPort: 1, hostPort: 80}]}
          - {name: two, image: two, ports: [{containerPort: 2, hostPort: 80}]}
          containers:
        """)
    #expect(Manifest.read(text: text, file: "f").errors.isEmpty)
    let twice = text.replacing(
      "hostPort: 80}]", with: "hostPort: 80}, {containerPort: 3, hostPort: 80}]")
    #expect(
      Manifest.read(text: twice, file: "f").errors.map(\.path) == [
        "spec.initContainers[0].ports[1].hostPort", "spec.initContainers[1].ports[1].hostPort",
      ])
  }

  @Test func `a status is dropped unread`() throws {
    let manifest = Manifest.read(
      text: Self.web + "status: {phase: [not, a, phase]}\n", file: "f")
    #expect(manifest.errors.isEmpty)
    #expect(try #require(manifest.pods.first).status == nil)
  }

  @Test func `null stands for a field that was left out`() throws {
    let text = Self.web + "  volumes:\n  hostname: ~\n  securityContext: null\n"
    let manifest = Manifest.read(text: text, file: "f")
    #expect(manifest.errors.isEmpty)
    #expect(manifest.pods == Manifest.read(text: Self.web, file: "f").pods)
  }

  @Test func `later fields that say what is so anyway are taken`() {
    let text = """
      apiVersion: v1
      kind: Pod
      metadata: {name: web}
      spec:
        hostUsers: true
        nodeSelector: {}
        imagePullSecrets: []
        securityContext: {runAsNonRoot: false, supplementalGroupsPolicy: Merge}
        containers:
        - name: web
          image: nginx
          resources: {limits: {}}
          envFrom: []
          securityContext: {procMount: Default, runAsNonRoot: false}
          volumeMounts: [{name: v, mountPath: /v, subPath: "", mountPropagation: None}]
        volumes: [{name: v, emptyDir: {medium: ""}}]
      """
    #expect(Manifest.read(text: text, file: "f").errors.isEmpty)
  }

  @Test func `errors of all documents come in the order of the lines`() {
    let bad = Self.web.replacing("image: nginx", with: "imagee: nginx")
    let manifest = Manifest.read(text: bad + "---\n" + bad, file: "f")
    #expect(manifest.errors.map { $0.mark?.line } == [8, 17])
  }

  @Test func `a billion laughs in a manifest end at once`() {
    var text = "apiVersion: v1\nkind: Pod\nmetadata:\n  labels:\n    a0: &a0 lol\n"
    for line in 1...60 {
      let items = Array(repeating: "*a\(line - 1)", count: 10).joined(separator: ", ")
      text += "    a\(line): &a\(line) [\(items)]\n"
    }
    let start = ContinuousClock().now
    #expect(Manifest.read(text: text, file: "f").errors.count == 1)
    #expect(start.duration(to: .now) < .seconds(2))
  }

  @Test(arguments: [
    ("imagee", ["image", "name"], "image"), ("IMAGE", ["image"], "image"),
    ("cmd", ["command", "args"], nil),
    ("volumesMounts", ["volumes", "volumeMounts"], "volumeMounts"),
    ("prot", ["port", "ports"], "port"), ("replicas", ["restartPolicy"], nil),
  ])
  func `the nearest name is offered when one is near`(
    word: String, words: [String], expected: String?
  ) {
    #expect(word.nearest(in: words) == expected)
  }
}
