import Glibc
import OCISpec

@testable import PodShim

/// A real registry (Debian's docker-registry) on a free port of the loopback, as the mirror of
/// docker.io; docker.io itself is a port at which nobody listens.
///
/// It serves from a folder of its world, and ends with it.
final class TestRegistry {
  let port: UInt16
  /// Where it keeps what it serves.
  let storage: String
  private let folder: String
  private let process: Child

  /// What those images are called in docker.io that are not its own.
  private static let names = [
    "kubia": "wanstack/kubia:latest", "sample": "geektime/sample:v2",
    "tomcat": "geektime/tomcat:7.0",
  ]

  /// `tester`, `secret`.
  private static let accounts =
    "tester:$2b$04$usC/lxBW4/J/poGnF1xHj.HZO/lkwEFwvSaOBsxgcXgRfoRclYxmu\n"

  /// - Parameters:
  ///   - images: archives of the test images, as they are called in docker.io.
  ///   - isPrivate: it wants a name and a password.
  init(
    in world: PodFixture, with images: [String] = ["busybox"], isPrivate: Bool = false
  ) throws {
    folder = "\(world.folder)/registry"
    storage = folder + "/storage"
    port = try Pods.HostPortTests.freePort()
    try Files.makeDirectories(folder)
    var lines = [
      "version: 0.1", "log: {level: error, accesslog: {disabled: true}}",
      "storage: {filesystem: {rootdirectory: \(storage)}}", "http: {addr: 127.0.0.1:\(port)}",
    ]
    if isPrivate {
      try Files.writeText(Self.accounts, to: folder + "/accounts")
      lines.append("auth: {htpasswd: {realm: tests, path: \(folder)/accounts}}")
    }
    try Files.writeText(lines.joined(separator: "\n"), to: folder + "/config.yml")
    try Files.writeText(
      """
      [[registry]]
      prefix = "docker.io"
      location = "127.0.0.1:1"
      insecure = true
      [[registry.mirror]]
      location = "127.0.0.1:\(port)"
      insecure = true
      [[registry]]
      location = "127.0.0.1:\(port)"
      insecure = true

      """, to: folder + "/registries.conf")
    var program = Program(try Self.find("docker-registry"), ["docker-registry", "serve"])
    program.arguments.append(folder + "/config.yml")
    program.environment = ["PATH=/usr/bin:/bin", world.marker]
    let log = try FileDescriptor.open(folder + "/log", O_WRONLY | O_CREAT)
    program.descriptors = [-1, log.raw, log.raw]
    process = try program.spawn()
    world.atEnd { [self] in try end() }
    try world.wait(for: "the registry to listen") {
      try world.fetch("http://127.0.0.1:\(port)/") != nil
    }
    world.environment.append("CONTAINERS_REGISTRIES_CONF=\(folder)/registries.conf")
    for image in images {
      try push(
        "oci-archive:\(world.host.archive(image))",
        as: Self.names[image] ?? "library/\(image):latest")
    }
  }

  /// What it is called where nothing is a mirror.
  var name: String { "127.0.0.1:\(port)" }

  /// - Parameter source: in skopeo's words.
  func push(_ source: String, as name: String, _ options: [String] = []) throws {
    var words = ["skopeo", "--registries-conf", folder + "/registries.conf", "copy", "--quiet"]
    words += ["--dest-creds", "tester:secret"] + options
    words += [source, "docker://\(self.name)/\(name)"]
    let result = try Program(try Self.find("skopeo"), words).run(timeout: .seconds(30))
    guard result.succeeded else { throw TestHost.Unready("push: \(result.errorText)") }
  }

  /// An image for several platforms, each of which gets the same. The digest of the index.
  func pushIndex(_ platforms: [Platform], of layout: String, as name: String) throws -> Digest {
    let copy = LayoutDirectory(path: folder + "/index")
    try Files.removeTree(copy.path)
    try Tool.cp.run(["-r", layout, copy.path])
    let image = try copy.index().manifests[0]
    let index = ImageIndex(
      manifests: platforms.map { platform in
        Descriptor(mediaType: image.mediaType, digest: image.digest, size: image.size)
          .with { $0.platform = platform }
      }
    ).with { $0.mediaType = .imageIndex }
    let bytes = try JSON.compact(index)
    let digest = try Digest.ofBytes(bytes)
    try Files.write(bytes, to: copy.blobPath(digest))
    let entry = Descriptor(
      mediaType: .imageIndex, digest: digest.description, size: Int64(bytes.count))
    try Files.write(JSON.compact(ImageIndex(manifests: [entry])), to: copy.indexPath)
    try push("oci:\(copy.path)", as: name, ["--all"])
    return digest
  }

  /// An image that runs something else.
  func push(running command: [String], of layout: String, as name: String) throws {
    let copy = LayoutDirectory(path: folder + "/other")
    try Tool.cp.run(["-r", layout, copy.path])
    func add(_ bytes: [UInt8], _ type: MediaType) throws -> Descriptor {
      let digest = try Digest.ofBytes(bytes)
      try Files.write(bytes, to: copy.blobPath(digest))
      return Descriptor(
        mediaType: type, digest: digest.description, size: Int64(bytes.count))
    }
    var manifest = try copy.manifest(Digest(copy.index().manifests[0].digest))
    let config = try copy.config(Digest(manifest.config.digest)).with {
      $0.config = ImageConfig.Config().with { $0.Entrypoint = command }
    }
    manifest.config = try add(JSON.compact(config), .imageConfig)
    let entry = try add(JSON.compact(manifest), .imageManifest)
    try Files.write(JSON.compact(ImageIndex(manifests: [entry])), to: copy.indexPath)
    try push("oci:\(copy.path)", as: name)
  }

  /// The files in which it keeps blobs, by their digest.
  func blob(_ digest: Digest) -> String {
    "\(storage)/docker/registry/v2/blobs/sha256/\(digest.hexadecimal.prefix(2))/"
      + "\(digest.hexadecimal)/data"
  }

  /// It answers nobody, and nobody is refused.
  func halt() throws { try process.signal(SIGSTOP) }
  func goOn() throws { try process.signal(SIGCONT) }

  /// From now on nobody is there.
  func end() throws {
    try process.signal(SIGKILL)
    _ = try process.wait()
  }

  private static func find(_ name: String) throws -> String {
    guard let path = Program.find(name) else {
      throw TestHost.Unready("\(name) is not installed: run `Tests/setup test`")
    }
    return path
  }
}
