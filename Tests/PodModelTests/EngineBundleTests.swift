import PodModel
import Testing

/// What becomes of a bundle that an engine wrote when its container joins a pod.
@Suite("Bundles of engines")
struct EngineBundleTests {
  /// Like podman's: a network that it made, a volume, files of its own.
  private static let podman = """
    {"hostname": "9f", "annotations": {"podshim.io/pod": "web"}, "process": {"rlimits": [
       {"type": "RLIMIT_NOFILE", "hard": 18446744073709551615, "soft": 1024}]},
     "mounts": [
       {"destination": "/data", "type": "bind", "options": ["rbind"],
        "source": "/var/lib/containers/storage/volumes/data/_data"},
       {"destination": "/other", "source": "/var/lib/containers/storage/volumes/x/_data"},
       {"destination": "/dev/shm", "type": "tmpfs", "source": "shm", "options": ["size=65536k"]},
       {"destination": "/etc/hosts", "source": "/run/containers/hosts", "options": ["bind"]}],
     "linux": {"sysctl": {"net.ipv4.ping_group_range": "0 0", "kernel.panic": "1"},
       "namespaces": [{"type": "pid"}, {"type": "mount"}, {"type": "ipc"}, {"type": "uts"},
         {"type": "network", "path": "/run/netns/netns-1"}]}}
    """

  private static func bundle(_ text: String) throws -> EngineBundle {
    EngineBundle(try #require(YAMLText(text).documents.first))
  }

  private static var web: EngineBundle.Place {
    var place = EngineBundle.Place(pid: 7)
    place.files = ["/etc/hosts": "/pod/hosts", "/dev/shm": "/pod/shm"]
    place.volumes = ["data": "/pod/volumes/data"]
    place.isOfPodshim = true
    return place
  }

  private static func path(_ type: String, _ config: Node) -> String? {
    guard case .sequence(let all) = config["linux"]?["namespaces"]?.content else { return nil }
    return all.first { $0.words["type"] == type }?.words["path"]
  }

  private static func source(_ destination: String, _ config: Node) -> String? {
    guard case .sequence(let all) = config["mounts"]?.content else { return nil }
    return all.first { $0.words["destination"] == destination }?.words["source"]
  }

  @Test("It shares what the pod shares, and keeps the rest to itself")
  func namespaces() throws {
    let joined = try Self.bundle(Self.podman).joined(Self.web)
    #expect(Self.path("network", joined) == "/proc/7/ns/net")
    #expect(Self.path("ipc", joined) == "/proc/7/ns/ipc")
    #expect(Self.path("uts", joined) == "/proc/7/ns/uts")
    #expect(Self.path("pid", joined) == nil)
    #expect(Self.path("mount", joined) == nil)
  }

  @Test("In a pod that shares its processes it does so too")
  func processes() throws {
    var place = Self.web
    place.sharesProcesses = true
    #expect(Self.path("pid", try Self.bundle(Self.podman).joined(place)) == "/proc/7/ns/pid")
  }

  @Test("What would change the pod as a whole is left out")
  func wholePod() throws {
    let joined = try Self.bundle(Self.podman).joined(Self.web)
    #expect(joined["hostname"] == nil)
    #expect(joined["linux"]?["sysctl"]?.words == ["kernel.panic": "1"])
  }

  @Test("It sees the pod's volumes of that name, its hosts and its shared memory")
  func mounts() throws {
    let joined = try Self.bundle(Self.podman).joined(Self.web)
    #expect(Self.source("/data", joined) == "/pod/volumes/data")
    #expect(Self.source("/other", joined) == "/var/lib/containers/storage/volumes/x/_data")
    #expect(Self.source("/dev/shm", joined) == "/pod/shm")
    #expect(Self.source("/etc/hosts", joined) == "/pod/hosts")
  }

  @Test("A volume that no container of the pod may write to is read-only here too")
  func readOnly() throws {
    var place = Self.web
    place.readOnlyVolumes = ["data"]
    let joined = try Self.bundle(Self.podman).joined(place)
    guard case .sequence(let mounts) = joined["mounts"]?.content else {
      Issue.record("no mounts")
      return
    }
    #expect(mounts[0]["options"] == .sequence([.string("rbind"), .string("ro")]))
  }

  @Test("Who stays on the host's network keeps the host's names too")
  func hostNetwork() throws {
    let other = Self.podman.replacing("/run/netns/netns-1", with: "/proc/1/ns/net")
    let joined = try Self.bundle(other).joined(Self.web)
    #expect(Self.source("/etc/hosts", joined) == "/run/containers/hosts")
  }

  @Test("What nobody here knows of stays, to the last digit")
  func untouched() throws {
    let text = try Self.bundle(Self.podman).joined(Self.web).jsonText()
    #expect(text.contains("18446744073709551615"))
  }

  @Test("A network of the host, or of another container, was chosen by a person")
  func chosen() throws {
    let other = Self.podman.replacing("/run/netns/netns-1", with: "/proc/9/ns/net")
    #expect(Self.path("network", try Self.bundle(other).joined(Self.web)) == "/proc/9/ns/net")
  }

  @Test(
    "The annotations of an engine name a sandbox",
    arguments: [
      ("io.kubernetes.cri.container-type", "io.kubernetes.cri.sandbox-id"),
      ("io.kubernetes.cri-o.ContainerType", "io.kubernetes.cri-o.SandboxID"),
    ])
  func sandboxes(type: String, sandbox: String) throws {
    func named(_ kind: String) throws -> EngineBundle.Sandbox? {
      try Self.bundle(#"{"annotations": {"\#(type)": "\#(kind)", "\#(sandbox)": "s1"}}"#).sandbox
    }
    #expect(try named("container") == .container("s1"))
    #expect(try named("sandbox") == nil)
  }

  @Test("A bundle that was planned for a pod needs no other wish")
  func planned() throws {
    let text = """
      {"annotations": {"podshim.io/pod": "default/web", "io.kubernetes.cri.sandbox-id": "u",
       "io.kubernetes.cri.container-type": "container"}}
      """
    #expect(try Self.bundle(text).sandbox == .container("u"))
  }

  @Test("Of a sandbox only namespaces without a path are joined")
  func sandboxNamespaces() throws {
    let bundle = try Self.bundle(Self.podman)
    #expect(bundle.lacksNamespace)
    let joined = bundle.joined(EngineBundle.Place(pid: 5))
    #expect(Self.path("network", joined) == "/run/netns/netns-1")
    #expect(Self.path("ipc", joined) == "/proc/5/ns/ipc")
  }
}
