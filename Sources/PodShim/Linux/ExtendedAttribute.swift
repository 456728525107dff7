import CLinux
import Glibc

/// The extended attributes of an open file: what overlayfs reads its own marks from.
enum ExtendedAttribute {
  static func set(
    _ name: String, to value: String, of file: borrowing FileDescriptor
  ) throws(SyscallError) {
    let raw = file.raw
    try checked("setxattr", "\(file.name): \(name)") {
      linux_set_attribute(raw, name, value, value.utf8.count)
    }
  }

  /// Nil when the file has none of that name, or its file system has none at all.
  static func get(
    _ name: String, of file: borrowing FileDescriptor
  ) throws(SyscallError) -> [UInt8]? {
    let raw = file.raw
    var value = [UInt8](repeating: 0, count: 256)
    do throws(SyscallError) {
      let count = try checked("getxattr", "\(file.name): \(name)") {
        linux_get_attribute(raw, name, &value, value.count)
      }
      return Array(value[..<count])
    } catch {
      if error.errno == ENODATA || error.errno == ENOTSUP { return nil }
      throw error
    }
  }
}
