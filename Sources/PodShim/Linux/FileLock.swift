import Glibc

/// An exclusive `flock` on a file, held for as long as the value lives. It goes away with the
/// process that holds it, so a lock is never left behind; the file is.
struct FileLock: ~Copyable {
  let file: FileDescriptor

  /// Makes the file if need be. Nil when somebody else holds the lock and `wait` is false.
  static func acquire(_ path: String, wait: Bool = true) throws(SyscallError) -> FileLock? {
    let file = try FileDescriptor.open(path, O_RDWR | O_CREAT, mode: 0o600)
    let operation = LOCK_EX | (wait ? 0 : LOCK_NB)
    let raw = file.raw
    let answer = try checkedUnlessBusy("flock", path) { flock(raw, operation) }
    return answer == nil ? nil : FileLock(file: file)
  }
}
