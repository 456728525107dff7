import CLinux
import Glibc

/// A resource limit of this process. The corresponding C call is `prlimit`.
struct Limit: Equatable {
  /// `UInt64.max` is unlimited.
  var soft: UInt64
  var hard: UInt64

  static func get(_ resource: Resource) throws(SyscallError) -> Limit {
    var values: [UInt64] = [0, 0]
    try checked("prlimit", "\(resource)") { linux_prlimit(0, resource.rawValue, nil, &values) }
    return Limit(soft: values[0], hard: values[1])
  }

  func set(_ resource: Resource) throws(SyscallError) {
    try checked("prlimit", "\(resource)") {
      linux_prlimit(0, resource.rawValue, [soft, hard], nil)
    }
  }

  /// The numbers of the kernel's `RLIMIT_*`, which Glibc gives different types.
  enum Resource: CInt {
    case core = 4
    case processes = 6
    case files = 7
    case lockedMemory = 8
  }
}
