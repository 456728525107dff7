import FoundationEssentials
import OCISpec
import PodModel
import Testing

/// One folder of `fixtures/pods`: a manifest, the host that it is planned for, and what comes out.
///
/// What the pod refers to may stand in `objects.yaml`. Every container gives `<name>.json`, the
/// sandbox `pause.json`; where there is nothing to write the reason stands in `<name>.error`.
/// `host.json` lists under `shows` which texts of the pod are kept beside them: `hosts`,
/// `hostname`, `rejection`, `resolv.conf`, `cgroup` (the files of the pod's own group), `warnings`.
struct PlanCase: CustomTestStringConvertible {
  let folder: String

  static let all = Golden.fixtures("pods").map(PlanCase.init)

  var testDescription: String { folder.split(separator: "/").last.map(String.init) ?? folder }

  /// The content of `host.json`.
  private struct Surroundings: Decodable {
    var host: HostFacts
    var paths: PlanPaths
    /// By the name that the manifest uses.
    var images: [String: ImageFacts]
    var shows: [String]?
    /// The filters of system calls that the host keeps, by name.
    var seccomp: [String: Linux.Seccomp]?
    /// By the name of the volume.
    var blockDevices: [String: Linux.Device]?
    /// The first of the IDs that are the pod's own.
    var firstID: UInt32?
  }

  /// What the plan gives, by the name of the file that should hold it.
  func results() throws -> [String: String] {
    let text = try String(contentsOfFile: "\(folder)/host.json", encoding: .utf8)
    let around = try JSON.decode(Surroundings.self, from: Array(text.utf8))
    let pod = try pod()
    var plan = Plan(
      pod: pod, host: around.host, paths: around.paths,
      idRange: around.firstID.map { IDRange(first: $0) })
    plan.objects = try referenced()
    plan.hostAddresses = ["192.0.2.10"]
    var results: [String: String] = [:]
    func keep(_ name: String, _ make: () throws(PlanError) -> Spec) throws {
      do {
        results["\(name).json"] = String(decoding: try JSON.pretty(make()), as: UTF8.self)
      } catch let error as PlanError {
        results["\(name).error"] = "\(error)\n"
      }
    }
    try keep("pause", plan.sandbox)
    for container in pod.spec.initContainers + pod.spec.containers {
      let image = try #require(around.images[container.image])
      try keep(container.name) { () throws(PlanError) in
        try plan.container(
          container.name, image: image, pausePID: "4711",
          facts: RunFacts(
            terminationLog: "/var/lib/podshim/last-words/\(container.name)",
            subPaths: "/run/podshim/sub-paths/\(container.name)",
            devices: around.blockDevices ?? [:],
            seccomp: plan.localSeccompProfile(of: container).flatMap { around.seccomp?[$0] }))
      }
    }
    for name in around.shows ?? [] {
      let text: String = try #require(Self.text(name, of: plan), "there is no text `\(name)`")
      results[name] = text
    }
    return results
  }

  /// The names of the files in the folder.
  var files: Set<String> {
    get throws { Set(try FileManager.default.contentsOfDirectory(atPath: folder)) }
  }

  /// Those of `objects.yaml`, where there is one.
  private func referenced() throws -> ReferencedObjects {
    guard let text = try? String(contentsOfFile: "\(folder)/objects.yaml", encoding: .utf8) else {
      return ReferencedObjects()
    }
    let manifest = PodModel.Manifest.read(text: text, file: "objects.yaml")
    try #require(manifest.errors.isEmpty, "\(manifest.errors)")
    var found = ReferencedObjects()
    for object in manifest.objects {
      if let map = object as? ConfigMap { found.configMaps[map.metadata.name] = map }
      if let secret = object as? Secret { found.secrets[secret.metadata.name] = secret }
    }
    return found
  }

  private func pod() throws -> Pod {
    let text = try String(contentsOfFile: "\(folder)/pod.yaml", encoding: .utf8)
    let manifest = PodModel.Manifest.read(text: text, file: "pod.yaml")
    try #require(manifest.errors.isEmpty, "\(manifest.errors)")
    guard let pod = manifest.pods.first else {
      throw PodError(file: "pod.yaml", message: "is no pod")
    }
    return pod.with { $0.metadata.uid = "6c2f0d0e-8a57-4b1e-9a4d-0f5f3c1e7a21" }
  }

  private static func text(_ name: String, of plan: Plan) -> String? {
    switch name {
    case "hosts": plan.hostsFile
    case "hostname": plan.hostnameFile
    case "rejection": plan.rejection.map { "\($0.reason): \($0.message)\n" }
    case "resolv.conf": plan.resolvConf
    case "cgroup":
      plan.cgroup.files(version: plan.host.cgroupVersion).map { "\($0)\n" }.joined()
    case "warnings": plan.warnings.map { $0 + "\n" }.joined()
    default: nil
    }
  }
}
