import CLinux
import Glibc

/// What to run, and how. `spawn` starts it by one C function that runs no Swift between the two
/// processes; whatever is not named here is not inherited: no descriptor, no signal disposition, no
/// signal mask.
struct Program {
  var path: String
  /// With `argv[0]`.
  var arguments: [String]
  /// `K=V`; nil is ours.
  var environment: [String]?
  /// Nil is ours.
  var directory: String?
  /// Entry i becomes descriptor i of the program; -1 is /dev/null. No others are inherited.
  var descriptors: [CInt] = [-1, -1, 2]
  /// Descriptors of namespaces, joined in this order. A PID namespace takes effect only for the
  /// program's children.
  var namespaces: [CInt] = []
  var newSession = false
  /// Descriptor 0, a terminal, becomes that of the new session.
  var controllingTerminal = false
  /// Sent to the program when the thread that started it ends; 0 is none.
  var deathSignal: CInt = 0

  init(_ path: String, _ arguments: [String]) {
    self.path = path
    self.arguments = arguments
  }

  /// Starts the program; an error, that of `execve` included, means that nothing was started.
  func spawn() throws(SyscallError) -> Child {
    var child = linux_child()
    let failed = withStrings(arguments) { argv in
      withStrings(environment) { envp in
        withOptionalString(directory) { directory in
          start(argv: argv, envp: envp, directory: directory, &child)
        }
      }
    }
    if let failed { throw error(failed, child) }
    return Child(pid: child.pid, pidfd: FileDescriptor(owning: child.pidfd))
  }

  /// The errno, nil on success.
  private func start(
    argv: UnsafePointer<UnsafeMutablePointer<CChar>?>?,
    envp: UnsafePointer<UnsafeMutablePointer<CChar>?>?,
    directory: UnsafePointer<CChar>?, _ child: inout linux_child
  ) -> CInt? {
    path.withCString { path in
      descriptors.withUnsafeBufferPointer { descriptors in
        namespaces.withUnsafeBufferPointer { namespaces in
          var program = linux_program(
            path: path, argv: argv, envp: envp, directory: directory,
            descriptors: descriptors.baseAddress, descriptor_count: CInt(descriptors.count),
            namespaces: namespaces.baseAddress, namespace_count: CInt(namespaces.count),
            new_session: newSession ? 1 : 0, controlling_terminal: controllingTerminal ? 1 : 0,
            death_signal: deathSignal)
          return linux_spawn(&program, &child) == 0 ? nil : errno
        }
      }
    }
  }

  private func error(_ errno: CInt, _ child: linux_child) -> SyscallError {
    let index = Int(child.index)
    switch linux_stage(rawValue: UInt32(child.stage)) {
    case LINUX_STAGE_DESCRIPTORS:
      return SyscallError("dup", "\(path): descriptor \(index)", errno: errno)
    case LINUX_STAGE_NULL: return SyscallError("open", "/dev/null", errno: errno)
    case LINUX_STAGE_CLOSE_RANGE: return SyscallError("close_range", path, errno: errno)
    case LINUX_STAGE_SESSION: return SyscallError("setsid", path, errno: errno)
    case LINUX_STAGE_TERMINAL: return SyscallError("TIOCSCTTY", path, errno: errno)
    case LINUX_STAGE_NAMESPACE:
      return SyscallError("setns", "\(path): namespace \(index)", errno: errno)
    case LINUX_STAGE_DIRECTORY: return SyscallError("chdir", directory ?? "", errno: errno)
    case LINUX_STAGE_DEATH_SIGNAL: return SyscallError("prctl", path, errno: errno)
    case LINUX_STAGE_EXEC: return SyscallError("execve", path, errno: errno)
    default: return SyscallError("clone", path, errno: errno)
    }
  }
}

extension Program {
  /// This process becomes the program `arguments[0]`, with all that it has: returns only when that
  /// fails, and says why.
  static func replaceSelf(with arguments: [String]) -> SyscallError {
    var words = arguments.map { strdup($0) } + [nil]
    execv(arguments[0], &words)
    let failed = errno
    words.forEach { free($0) }
    return SyscallError("execve", arguments[0], errno: failed)
  }

  /// Where the programs of the system are.
  static let usualPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

  /// Where `name` is executable: itself when it holds a slash, else the first of PATH. Without PATH
  /// the system's own directories are searched, sbin too.
  static func find(_ name: String, path: String? = nil) -> String? {
    if name.contains("/") { return isExecutable(name) ? name : nil }
    let inherited = getenv("PATH").map { String(cString: $0) }
    return (path ?? inherited ?? usualPath).split(separator: ":").lazy
      .map { "\($0)/\(name)" }.first(where: isExecutable)
  }

  private static func isExecutable(_ path: String) -> Bool {
    access(path, X_OK) == 0 && !Files.isDirectory(path)
  }
}

/// The strings as a C array that ends with nil, for as long as `body` runs.
private func withStrings<Result>(
  _ strings: [String]?, _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>?) -> Result
) -> Result {
  guard let strings else { return body(nil) }
  let copies = strings.map { strdup($0) }
  defer { copies.forEach { free($0) } }
  return (copies + [nil]).withUnsafeBufferPointer { body($0.baseAddress) }
}

private func withOptionalString<Result>(
  _ string: String?, _ body: (UnsafePointer<CChar>?) -> Result
) -> Result {
  guard let string else { return body(nil) }
  return string.withCString(body)
}
