import FoundationEssentials
import PodModel
import Testing

/// Pods as they are stored, with every default: `fixtures/defaults/<case>/stored.yaml`.
@Suite struct DefaultsTests {
  struct Case: CustomTestStringConvertible {
    var folder: String
    var testDescription: String { String(folder.split(separator: "/").last ?? "") }

    func manifest() throws -> Manifest {
      let bytes = try Data(contentsOf: URL(filePath: folder + "/pod.yaml"))
      return Manifest.read(Array(bytes), file: "pod.yaml")
    }

    func pod() throws -> Pod {
      let manifest = try manifest()
      #expect(manifest.errors.isEmpty)
      guard let pod = manifest.pods.first else { throw NoPod() }
      return pod
    }
  }

  struct NoPod: Error {}

  static let cases = Golden.fixtures("defaults").map(Case.init)

  @Test func `there are cases`() {
    #expect(Self.cases.count >= 4)
  }

  @Test(arguments: cases) func `the defaults are the API server's`(_ golden: Case) throws {
    try Golden.compare(golden.pod().node.yamlText(), with: golden.folder + "/stored.yaml")
  }

  @Test(arguments: cases) func `a stored pod is taken back without a word`(_ golden: Case) throws {
    var pod = try golden.pod()
    pod.spec.tolerations = []
    for text in [pod.node.yamlText(), pod.node.jsonText()] {
      let manifest = Manifest.read(text: text, file: "again")
      #expect(manifest.errors.isEmpty)
      #expect(manifest.warnings.isEmpty)
      #expect(manifest.pods == [pod])
    }
    #expect(pod.withDefaults() == pod)
    #expect(pod.check().isEmpty)
    #expect(try Pod.stored(Array(pod.node.jsonText().utf8), file: "pod.json") == pod)
  }

  @Test(arguments: [
    ("nginx", PullPolicy.always), ("nginx:latest", .always), ("nginx:1", .ifNotPresent),
    ("localhost:5000/nginx", .always), ("localhost:5000/nginx:1", .ifNotPresent),
    ("nginx@sha256:00", .ifNotPresent), ("nginx:latest@sha256:00", .ifNotPresent),
  ])
  func `an image whose tag moves is always asked for`(image: String, policy: PullPolicy) {
    var pod = Pod()
    pod.spec.containers = [Container().with { $0.image = image }]
    #expect(pod.withDefaults().spec.containers.first?.imagePullPolicy == policy)
  }

  @Test func `a pod with hooks that was written for a cluster is taken as it is`() throws {
    let path = Golden.folder + "/seeds/" + "lifecycle-demo.yaml"
    let bytes = try Data(contentsOf: URL(filePath: path))
    let manifest = Manifest.read(Array(bytes), file: "seed")
    #expect(manifest.errors.isEmpty && manifest.warnings.isEmpty)
    guard let pod = manifest.pods.first else { throw NoPod() }
    let lifecycle = try #require(pod.spec.containers.first?.lifecycle)
    #expect(lifecycle.postStart?.exec?.command.prefix(2) == ["/bin/sh", "-c"])
    #expect(lifecycle.preStop?.exec?.command == ["/usr/sbin/nginx", "-s", "quit"])
  }

  @Test func `requests follow limits, probes and sources are filled in`() throws {
    let text = """
      metadata: {name: x}
      spec:
        containers:
        - name: x
          image: x
          resources: {limits: {cpu: "1", memory: 1Gi}, requests: {cpu: 500m}}
          livenessProbe: {httpGet: {port: 80}, failureThreshold: 0}
          readinessProbe: {grpc: {port: 80}, periodSeconds: 7}
          lifecycle: {preStop: {httpGet: {port: x, path: /a, scheme: HTTPS}}}
          env: [{name: A, valueFrom: {fieldRef: {fieldPath: metadata.name}}}]
        volumes:
        - {name: a, configMap: {name: a}}
        - {name: b, secret: {secretName: a, defaultMode: 0400}}
        - {name: c, downwardAPI: {items: [{path: a, fieldRef: {fieldPath: metadata.name}}]}}
        - {name: d, projected: {sources: [{serviceAccountToken: {path: t}}]}}
        - {name: e, image: {reference: kitten}}
      """
    var review = Review()
    let node = try #require(YAMLText(text).documents.first)
    let spec = try #require(Pod.decode(node, at: FieldPath(), into: &review)).withDefaults().spec
    let container = try #require(spec.containers.first)
    #expect(container.resources?.requests["cpu"]?.text == "500m")
    #expect(container.resources?.requests["memory"]?.text == "1Gi")
    #expect(container.livenessProbe?.httpGet?.path == "/")
    #expect(container.livenessProbe?.httpGet?.scheme == .http)
    #expect(container.livenessProbe?.timeoutSeconds == 1)
    #expect(container.livenessProbe?.periodSeconds == 10)
    #expect(container.livenessProbe?.successThreshold == 1)
    #expect(container.livenessProbe?.failureThreshold == 3)
    #expect(container.readinessProbe?.grpc?.service == "")
    #expect(container.readinessProbe?.periodSeconds == 7)
    #expect(container.lifecycle?.preStop?.httpGet?.path == "/a")
    #expect(container.lifecycle?.preStop?.httpGet?.scheme == .https)
    #expect(container.env.first?.valueFrom?.fieldRef?.apiVersion == "v1")
    #expect(spec.volumes.map(\.configMap?.defaultMode) == [0o644, nil, nil, nil, nil])
    #expect(spec.volumes[1].secret?.defaultMode == 0o400)
    #expect(spec.volumes[2].downwardAPI?.defaultMode == 0o644)
    #expect(spec.volumes[2].downwardAPI?.items.first?.fieldRef?.apiVersion == "v1")
    #expect(
      spec.volumes[3].projected?.sources.first?.serviceAccountToken?.expirationSeconds == 3600)
    #expect(spec.volumes[4].image?.pullPolicy == .always)
    #expect(spec.volumes.allSatisfy { $0.emptyDir == nil })
  }
}
