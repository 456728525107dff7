import Glibc
import OCISpec
import PodModel

/// The device nodes of this host, which a privileged container gets all of.
enum HostDevices {
  /// Folders and nodes of /dev that every container has of its own
  /// (containerd `pkg/oci` HostDevices).
  private static let own: Set<String> = [
    "pts", "shm", "fd", "mqueue", ".lxc", ".lxd-mounts", ".udev", "console",
  ]

  static func read(_ folder: String = "/dev") -> [Linux.Device] {
    let names = (try? Files.list(folder)) ?? []
    return names.filter { !own.contains($0) }.flatMap { name -> [Linux.Device] in
      let path = folder + "/" + name
      var status = stat()
      guard lstat(path, &status) == 0 else { return [] }
      switch status.st_mode & S_IFMT {
      case S_IFDIR: return read(path)
      case S_IFCHR: return [device(path, .character, status)]
      case S_IFBLK: return [device(path, .block, status)]
      default: return []
      }
    }
  }

  /// The block device that a path leads to, through links; nil when it leads to none.
  static func block(at path: String) -> Linux.Device? {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFBLK else { return nil }
    return device(path, .block, status)
  }

  private static func device(_ path: String, _ type: DeviceType, _ status: stat) -> Linux.Device {
    // The kernel's encoding of 12 and 20 bits (linux/kdev_t.h, new_decode_dev).
    let number = UInt64(status.st_rdev)
    var device = Linux.Device(
      type: type, path: path, major: Int64(number >> 8 & 0xfff),
      minor: Int64(number & 0xff | number >> 12 & 0xfff00))
    device.fileMode = UInt32(status.st_mode & 0o777)
    device.uid = status.st_uid
    device.gid = status.st_gid
    return device
  }
}

extension Pod {
  /// Some container of it gets everything that the host has.
  var hasPrivileged: Bool {
    (spec.initContainers + spec.containers).contains { $0.securityContext?.privileged == true }
  }
}
