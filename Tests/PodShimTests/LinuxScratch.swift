import Glibc
import Testing

@testable import PodShim

/// A directory of one test, gone with it.
final class LinuxScratch {
  let path: String

  init() throws {
    var template = Array("/tmp/podshim-linux-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw SyscallError("mkdtemp", "/tmp", errno: errno)
    }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// With these objects in its world.
  convenience init(creating objects: String) throws {
    try self.init()
    let created = try podshim(["create", "-f", "-"], input: objects)
    try #require(created.succeeded, "\(created.errorText)")
  }

  deinit {
    do { try Files.removeTree(path) } catch { Issue.record(error) }
  }

  subscript(_ name: String) -> String { "\(path)/\(name)" }

  static let isRoot = getuid() == 0

  /// The built program in a world of this directory's own.
  func podshim(_ arguments: [String], input: String = "") throws -> ProgramResult {
    let world = ["--root", self["root"], "--state", self["state"]]
    let program = Program(try LinuxScratch.program(), ["podshim"] + arguments + world)
    return try program.run(input: Array(input.utf8), timeout: .seconds(20))
  }

  /// The program that this package builds, beside the tests.
  static func program() throws -> String {
    let tests = try Files.readLink("/proc/self/exe")
    var directory = Files.split(tests).directory
    while directory != "/" {
      if Files.exists("\(directory)/podshim") { return "\(directory)/podshim" }
      directory = Files.split(directory).directory
    }
    throw SyscallError("find", "podshim", errno: ENOENT)
  }
}

/// Whether `condition` comes true within five seconds.
func eventually(_ condition: () throws -> Bool) rethrows -> Bool {
  let deadline = Clock.boot() + .seconds(5)
  while Clock.boot() < deadline {
    if try condition() { return true }
    usleep(2000)
  }
  return false
}

/// The errno of a call that should fail; nil when it does not.
func errorNumber(_ body: () throws -> Void) -> CInt? {
  do { try body() } catch { return (error as? SyscallError)?.errno }
  return nil
}

/// Ends a child on every way out of a test. One that is left as a zombie keeps Swift Testing from
/// ever seeing its own exit tests end: it looks at the first child that has exited, whose ever.
func stop(_ child: Child) {
  kill(child.pid, child.status == nil ? SIGKILL : 0)
  do { _ = try child.wait() } catch { Issue.record(error) }
}

/// A pipe whose ends a test closes one at a time.
final class LinuxPipe {
  private(set) var reader: OwnedDescriptor
  private(set) var writer: OwnedDescriptor

  init(nonblockingRead: Bool = false) throws {
    (reader, writer) = try Pipe.make(nonblockingRead: nonblockingRead).split()
  }

  func closeReader() throws { reader = try Self.nothing() }
  func closeWriter() throws { writer = try Self.nothing() }

  private static func nothing() throws -> OwnedDescriptor {
    OwnedDescriptor(try FileDescriptor.open("/dev/null", O_RDONLY))
  }
}
