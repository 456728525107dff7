import Glibc
import OCISpec

/// The files of a container that runs, seen from outside, as a process in it would find them: no
/// link leads out of them.
struct ContainerFiles: ~Copyable {
  private let root: FileDescriptor
  private let process: pid_t

  /// nil where its root cannot be told: somebody else's process by now, or one that has gone into
  /// a root of its own, which a new process does not share.
  init?(bundle: String) {
    guard let pid = try? PidFile.read("\(bundle)/pid"),
      let root = try? FileDescriptor.open(
        "/proc/\(pid)/root", FileDescriptor.pathOnly | O_DIRECTORY)
    else { return nil }
    var (own, made) = (stat(), stat())
    guard fstat(root.raw, &own) == 0, stat("\(bundle)/rootfs", &made) == 0,
      own.st_dev == made.st_dev, own.st_ino == made.st_ino
    else { return nil }
    self.root = root
    process = pid
  }

  /// What is at `path` for this user.
  func look(at path: String, as user: OCISpec.Process.User?) -> ProgramSearch.Finding {
    // What is under /proc depends on who looks.
    guard !path.hasPrefix("/proc/") else { return .unknown }
    do {
      let file = try FileDescriptor.open(
        path, FileDescriptor.pathOnly, in: root.raw, resolution: .inRoot)
      var status = stat()
      guard fstat(file.raw, &status) == 0 else { return .unknown }
      if status.st_mode & S_IFMT == S_IFDIR { return .folder }
      return mayRun(status, user) ? .program : .forbidden
    } catch {
      switch error.errno {
      case ENOENT: return .missing
      case ENOTDIR: return .noFolder
      default: return .unknown
      }
    }
  }

  /// By the bits of the file. Of a user who may run what others may not, the runtime knows more.
  private func mayRun(_ status: stat, _ user: OCISpec.Process.User?) -> Bool {
    let bits = status.st_mode & 0o111
    guard bits != 0, bits != 0o111, let user, user.uid ?? 0 != 0 else { return bits != 0 }
    let groups = [user.gid ?? 0] + (user.additionalGids ?? [])
    if isOnHost("uid_map", user.uid ?? 0, status.st_uid) { return bits & 0o100 != 0 }
    if groups.contains(where: { isOnHost("gid_map", $0, status.st_gid) }) {
      return bits & 0o010 != 0
    }
    return bits & 0o001 != 0
  }

  /// Whether an ID of the container is this one out here.
  private func isOnHost(_ map: String, _ inside: UInt32, _ outside: UInt32) -> Bool {
    let text = (try? Files.readText("/proc/\(process)/\(map)")) ?? ""
    return text.split(separator: "\n").contains { line in
      let numbers = line.split(separator: " ").compactMap { Int($0) }
      guard numbers.count == 3, Int(inside) >= numbers[0],
        Int(inside) < numbers[0] + numbers[2]
      else { return false }
      return numbers[1] + Int(inside) - numbers[0] == Int(outside)
    }
  }
}
