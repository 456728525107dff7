import CLinux

/// How a process ended.
enum ExitStatus: Hashable, Codable, Sendable {
  case exited(CInt)
  case signaled(CInt)

  /// What a shell and Kubernetes call the exit code: 128 + n for signal n.
  var code: CInt {
    switch self {
    case .exited(let code): code
    case .signaled(let signal): 128 + signal
    }
  }

  init(_ exit: linux_exit) {
    self = exit.signaled != 0 ? .signaled(exit.status) : .exited(exit.status)
  }
}

extension ExitStatus: CustomStringConvertible {
  var description: String {
    switch self {
    case .exited(let code): "exit status \(code)"
    case .signaled(let signal): "signal \(signal)"
    }
  }
}
