import Glibc
import Synchronization

@testable import PodShim

/// What all tests of one run share: the built program, one store of unpacked images, and a folder
/// that is gone afterwards however the run ends.
///
/// Each test has a world of its own, `--root` and `--state`; only `images` and `layers` are
/// links into the store here, because to unpack them again for each test would cost more than most
/// tests do.
final class TestHost: Sendable {
  /// Made by the first test that asks; why it could not be made is told to each.
  static let shared = Result { try TestHost() }

  /// The program under test, static and stripped, as people install it.
  let binary: String
  let folder: String
  private let archives: String
  private let loaded = Mutex<Set<String>>([])
  private let views = Mutex<[String: CInt]>([:])
  private let worlds = Atomic(0)
  /// Ends when we do, and then takes the folder away with all that is left in it.
  private let caretaker: CInt

  struct Unready: Error, CustomStringConvertible {
    var description: String
    init(_ description: String) { self.description = description }
  }

  /// The top of the checkout.
  static let checkout = "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/")

  private init() throws {
    func setting(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
    guard getuid() == 0 else { throw Unready("the runtime tests need root: run `sudo make test`") }
    binary = setting("PODSHIM_BINARY") ?? Self.checkout + "/.build/podshim"
    guard Files.exists(binary) else {
      throw Unready("no program at `\(binary)`: run `make release`, or set PODSHIM_BINARY")
    }
    archives = setting("PODSHIM_IMAGES") ?? Self.checkout + "/.cache/images"
    for runtime in RuntimeKind.all where Program.find(runtime.rawValue) == nil {
      throw Unready("\(runtime.rawValue) is not installed: run `Tests/setup test`")
    }
    var template = Array("\(setting("TMPDIR") ?? "/tmp")/podshim-runtime-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw SyscallError("mkdtemp", "/tmp", errno: errno) }
    folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    // Root of a pod with user IDs of its own is nobody here, and has to pass.
    try checked("chmod", folder) { [folder] in chmod(folder, 0o711) }
    caretaker = try Self.startCaretaker(of: folder)
    for name in ["images", "layers"] { try Files.makeDirectories("\(store)/\(name)") }
  }

  private static func startCaretaker(of folder: String) throws -> CInt {
    let pipe = try Pipe.make()
    var program = Program(sweep, [sweep, "--after-input", folder])
    program.descriptors = [pipe.reader.raw, -1, -1]
    program.directory = "/"
    // A Ctrl-C is for the tests.
    program.newSession = true
    _ = try program.spawn()
    return try pipe.writer.duplicate().release()
  }

  static let sweep = checkout + "/Tests/sweep"

  private var store: String { folder + "/store" }

  /// Makes the folder of one more world, with the images but without pods.
  func makeWorld(below place: String?) throws -> String {
    let number = worlds.add(1, ordering: .relaxed).newValue
    let world = "\(folder)/\(number)" + (place.map { "/" + $0 } ?? "")
    try Files.makeDirectories(world + "/root")
    for name in ["images", "layers"] {
      try Files.symlink("\(store)/\(name)", at: "\(world)/root/\(name)")
    }
    return world
  }

  func archive(_ image: String) -> String { "\(archives)/\(image).tar" }
  /// The same as a folder; busybox alone is there in this form.
  func layout(_ image: String) -> String { "\(archives)/\(image)-oci" }

  /// Has an image in the store: `busybox` is the archive `busybox.tar`.
  func need(_ image: String) throws {
    // Held until the image is there: another test may need it at the same time.
    try loaded.withLock { loaded in
      guard !loaded.contains(image) else { return }
      try load(image)
      loaded.insert(image)
    }
  }

  private func load(_ image: String) throws {
    let archive = archive(image)
    guard Files.exists(archive) else {
      throw Unready("no image at `\(archive)`: run `Tests/Images/build \(image)`")
    }
    let arguments = [binary, "--root", store, "--state", folder + "/state", "load", "-i", archive]
    let result = try Program(binary, arguments).run(timeout: .seconds(120))
    guard result.succeeded else { throw Unready("`\(archive)`: \(result.errorText)") }
  }

  /// The namespaces in which commands run whose mounts have been prepared by `script`: one mount
  /// namespace for each script, as if it were one more host. Empty for nil, the host itself.
  func namespaces(preparedBy script: String?) throws -> [CInt] {
    guard let script else { return [] }
    return try views.withLock { views in
      if let view = views[script] { return [view] }
      let view = try Self.makeView(script)
      views[script] = view
      return [view]
    }
  }

  /// The descriptor keeps the namespace; the process that made it may go.
  private static func makeView(_ script: String) throws -> CInt {
    guard let unshare = Program.find("unshare") else { throw Unready("unshare is not installed") }
    let command = "\(script); echo made; exec cat"
    let maker = try Dialogue(Program(unshare, ["unshare", "-m", "sh", "-ec", command]))
    try maker.expect("made")
    return try Namespace.open(pid: maker.pid, kind: .mnt).release()
  }
}
