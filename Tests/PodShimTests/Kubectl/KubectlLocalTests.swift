import Testing

@testable import PodShim

/// What changes files and nothing else, compared with the real kubectl on the same files. Left out:
/// several documents as YAML, between which kubectl writes no `---`, and its word for labels
/// given and taken at once, which differs from version to version.
@Suite("Changes of files are kubectl's")
struct KubectlLocalTests {
  private let scratch: LinuxScratch

  init() throws {
    scratch = try LinuxScratch()
    try Files.writeText(Self.pod, to: scratch["pod.yaml"])
    try Files.writeText(Self.bare, to: scratch["bare.yaml"])
    try Files.writeText(Self.pod + "---\n" + Self.bare, to: scratch["both.yaml"])
    try Files.writeText(Self.map, to: scratch["map.yaml"])
  }

  private static let pod = """
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
      labels: {app: web, tier: "1"}
      annotations: {note: "a: b", example.com/x: ""}
    spec:
      initContainers: [{name: first, image: busybox}]
      containers:
      - {name: one, image: nginx, command: [sh, -c, "echo hi\\nsleep 1\\n"], tty: true}
      - {name: two, image: "redis:7", resources: {limits: {cpu: 500m, memory: 64Mi}}}
      restartPolicy: Never

    """
  private static let bare = """
    {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "bare"},
     "spec": {"containers": [{"name": "one", "image": "nginx"}]}}

    """
  private static let map = """
    apiVersion: v1
    kind: ConfigMap
    metadata: {name: m}
    data: {a: "1"}

    """

  static let lines = [
    // Labels.
    "label --local -f pod.yaml new=1", "label --local -f pod.yaml new=1 -o yaml",
    "label --local -f pod.yaml new=1 -o json", "label --local -f pod.yaml new=1 -o name",
    "label --local -f pod.yaml app=db", "label --local -f pod.yaml app=db --overwrite -o yaml",
    "label --local -f pod.yaml app- -o yaml", "label --local -f bare.yaml a=b -o yaml",
    "label --local -f bare.yaml a=b c=d -o jsonpath={.metadata.labels}",
    "label --local -f both.yaml a=b",
    "label --local -f both.yaml a=b -o name", "label --local -f both.yaml a=b -o json",
    "label --local -f map.yaml a=b -o yaml", "label --local -f pod.yaml empty= -o yaml",
    "label --local -f pod.yaml example.com/a=b -o yaml",
    "label --local -f pod.yaml app- a=b -o name",
    "label --local -f pod.yaml a=b a-", "label --local -f pod.yaml",
    "label --local -f pod.yaml a=-x-",
    "label --local -f pod.yaml a=b what",
    "label --local -f pod.yaml a=b --list -o yaml",
    "label --local -f pod.yaml a=b --dry-run=client -o name",
    "label --local -f pod.yaml new=1 -o jsonpath-as-json={.metadata.labels}",
    "label --local -f bare.yaml a=b --resource-version=7 -o yaml",
    // Annotations.
    "annotate --local -f pod.yaml a=b --resource-version=7 -o json",
    "annotate --local -f pod.yaml new=1", "annotate --local -f pod.yaml new=a=b -o yaml",
    "annotate --local -f pod.yaml note=c",
    "annotate --local -f pod.yaml note=c --overwrite -o yaml",
    "annotate --local -f pod.yaml note- -o yaml", "annotate --local -f bare.yaml a=b -o yaml",
    "annotate --local -f pod.yaml a=b a-", "annotate --local -f both.yaml a=b -o name",
    "annotate --local -f pod.yaml", "annotate --local -f map.yaml a=b -o json",
    // Images.
    "set image --local -f pod.yaml one=nginx:2",
    "set image --local -f pod.yaml one=nginx:2 -o yaml",
    "set image --local -f pod.yaml one=nginx:2 two=redis:8 -o yaml",
    "set image --local -f pod.yaml *=alpine -o yaml",
    "set image --local -f pod.yaml first=alpine -o yaml",
    "set image --local -f pod.yaml one=nginx", "set image --local -f pod.yaml one=nginx -o yaml",
    "set image --local -f pod.yaml none=x", "set image --local -f both.yaml one=a -o name",
    "set image --local -f bare.yaml one=a -o yaml", "set image --local -f pod.yaml",
    "set image --local -f pod.yaml one=x -o jsonpath={.spec.containers[*].image}",
  ]

  @Test(
    "The same lines on standard output, the same complaint, and success or not", arguments: lines)
  func line(_ line: String) throws {
    let words = line.split(separator: " ").map {
      $0.hasSuffix(".yaml") ? scratch[String($0)] : String($0)
    }
    let theirs = try Kubectl.run(words)
    let ours = try scratch.podshim(words)
    #expect(ours.outputText == theirs.outputText, "ours: \(ours.errorText)")
    #expect(ours.succeeded == theirs.succeeded)
    #expect(Kubectl.complaint(ours) == Kubectl.complaint(theirs))
  }
}
