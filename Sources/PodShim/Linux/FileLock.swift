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

  /// The same on a directory, which who holds the lock may remove. Makes it if need be.
  static func acquire(directory path: String, wait: Bool = true) throws(SyscallError) -> FileLock? {
    while true {
      try Files.makeDirectories(path, mode: 0o700)
      do throws(SyscallError) {
        let file = try FileDescriptor.open(path, O_RDONLY | O_DIRECTORY)
        let operation = LOCK_EX | (wait ? 0 : LOCK_NB)
        let raw = file.raw
        let answer = try checkedUnlessBusy("flock", path) { flock(raw, operation) }
        if answer == nil { return nil }
        // Who had it may have removed it, and somebody made another.
        if isThere(path, raw) { return FileLock(file: file) }
      } catch {
        guard error.errno == ENOENT else { throw error }
      }
    }
  }

  private static func isThere(_ path: String, _ raw: CInt) -> Bool {
    var (held, found) = (stat(), stat())
    return fstat(raw, &held) == 0 && stat(path, &found) == 0 && held.st_ino == found.st_ino
      && held.st_dev == found.st_dev
  }
}
