import PodModel
import Testing

@Suite("Presets of pods") struct PodPresetTests {
  private static let pod = """
    apiVersion: v1
    kind: Pod
    metadata: {name: web, labels: {role: front}}
    spec:
      initContainers: [{name: prepare, image: "busybox:1"}]
      containers:
      - name: web
        image: "nginx:1"
        env: [{name: PORT, value: "80"}]
        volumeMounts: [{name: data, mountPath: /data}]
      volumes: [{name: data, emptyDir: {}}]

    """

  private func preset(_ spec: String, name: String = "db") throws -> PodPreset {
    let text = """
      {apiVersion: settings.k8s.io/v1alpha1, kind: PodPreset,
       metadata: {name: \(name), resourceVersion: "7"}, spec: \(spec)}
      """
    let manifest = Manifest.read(text: text, file: "preset")
    #expect(manifest.errors.isEmpty, "\(manifest.errors)")
    return try #require(manifest.objects.first as? PodPreset)
  }

  private func pod(_ text: String = pod) throws -> Pod {
    try #require(Manifest.read(text: text, file: "pod").pods.first)
  }

  private let selector = "selector: {matchLabels: {role: front}}"

  @Test func `what fits is merged into every container, and noted`() throws {
    let preset = try preset(
      """
      {\(selector), env: [{name: DB_PORT, value: "6379"}, {name: PORT, value: "80"}],
       volumeMounts: [{name: cache, mountPath: /cache}], volumes: [{name: cache, emptyDir: {}}]}
      """)
    guard case .merged(let merged) = PodPresetMerge(of: try pod(), with: [preset]) else {
      Issue.record("not merged")
      return
    }
    #expect(merged.spec.containers[0].env.map(\.name) == ["PORT", "DB_PORT"])
    #expect(merged.spec.initContainers[0].env.map(\.name) == ["DB_PORT", "PORT"])
    #expect(merged.spec.containers[0].volumeMounts.map(\.mountPath) == ["/data", "/cache"])
    #expect(merged.spec.volumes.map(\.name) == ["data", "cache"])
    #expect(
      merged.metadata.annotations == ["podpreset.admission.kubernetes.io/podpreset-db": "7"])
  }

  @Test(arguments: [
    ("env: [{name: PORT, value: '81'}]", "merging env for db has a conflict on PORT"),
    (
      "volumes: [{name: data, hostPath: {path: /srv}}]",
      "merging volumes for db has a conflict on data"
    ),
    (
      "volumes: [{name: data, emptyDir: {}}], volumeMounts: [{name: data, mountPath: /other}]",
      "merging volume mounts for db has a conflict on data"
    ),
    (
      "volumes: [{name: cache, emptyDir: {}}], volumeMounts: [{name: cache, mountPath: /data}]",
      "merging volume mounts for db has a conflict on mount path /data"
    ),
  ])
  func `one conflict, and nothing is merged`(spec: String, why: String) throws {
    let good = try preset("{\(selector), env: [{name: A, value: a}]}", name: "a")
    let bad = try preset("{\(selector), \(spec)}")
    #expect(PodPresetMerge(of: try pod(), with: [bad, good]) == .conflict(why))
  }

  @Test func `what would make a bad pod is a conflict too`() throws {
    let long = String(repeating: "a", count: 60)
    let preset = try preset("{\(selector), env: [{name: A, value: a}]}", name: long)
    guard case .conflict(let why) = PodPresetMerge(of: try pod(), with: [preset]) else {
      Issue.record("no conflict")
      return
    }
    #expect(why.contains("metadata.annotations[podpreset.admission.kubernetes.io/podpreset-"))
  }

  @Test(arguments: [
    ("{matchLabels: {role: front}}", true), ("{matchLabels: {role: back}}", false), ("{}", true),
    ("{matchExpressions: [{key: role, operator: In, values: [front, back]}]}", true),
    ("{matchExpressions: [{key: role, operator: NotIn, values: [front]}]}", false),
    ("{matchExpressions: [{key: tier, operator: Exists}]}", false),
    ("{matchExpressions: [{key: tier, operator: DoesNotExist}]}", true),
  ])
  func `labels choose`(selector: String, fits: Bool) throws {
    let preset = try preset("{selector: \(selector), env: [{name: A, value: a}]}")
    #expect((PodPresetMerge(of: try pod(), with: [preset]) != .untouched) == fits)
  }

  @Test func `a pod may want none`() throws {
    let text = Self.pod.replacing(
      "name: web, labels",
      with: "name: web, annotations: {podpreset.admission.kubernetes.io/exclude: 'true'}, labels")
    let preset = try preset("{\(selector), env: [{name: A, value: a}]}")
    #expect(PodPresetMerge(of: try pod(text), with: [preset]) == .untouched)
  }
}
