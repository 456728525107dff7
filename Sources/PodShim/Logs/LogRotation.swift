import CLinux
import Glibc

/// The older part of one run's log: puts a full file away, keeps so many, compresses older ones.
///
/// A file is put away by a rename, so its lines are never copied; compression is a child's work
/// (the host's `gzip`), into a `.tmp` that becomes `.gz` when it is whole. What a writer that was
/// killed has left half done is put right when the log is opened again.
final class LogRotation {
  private let folder: String
  private let name: String
  private let limits: LogLimits
  /// Oldest first.
  private(set) var files: [RotatedLog]
  /// When, since boot, a file of ours was put away; none for what was found.
  private var times: [String: Duration] = [:]
  /// Runs `gzip`; without it nothing is compressed.
  weak var loop: Loop?
  private var compression: Compression?

  private struct Compression {
    let child: Child
    let temporary: String
  }

  private static let temporary = ".tmp"
  private static let patience = Duration.seconds(120)

  init(path: String, limits: LogLimits) {
    (folder, name) = Files.split(path)
    self.limits = limits
    files = []
    putRight()
  }

  private func path(_ file: RotatedLog) -> String { "\(folder)/\(name).\(file.suffix)" }

  /// Finds what there is, and removes what a writer before us did not come to remove.
  private func putRight() {
    let prefix = name + "."
    for other in (try? Files.list(folder)) ?? [] where other.hasPrefix(prefix) {
      guard other.hasSuffix(LogRotation.temporary),
        RotatedLog(suffix: other.dropFirst(prefix.count).dropLast(LogRotation.temporary.count))
          != nil
      else { continue }
      discard("\(folder)/\(other)")
    }
    for file in RotatedLog.all(of: name, in: folder) {
      if files.last == file {
        var twin = file
        twin.isCompressed = false
        discard(path(twin))
        files[files.count - 1].isCompressed = true
      } else {
        files.append(file)
      }
    }
  }

  /// Removes the oldest, so that with one more the limit is kept.
  func makeRoom() throws(SyscallError) {
    while files.count > max(0, limits.files - 2) { try Files.remove(path(files.removeFirst())) }
  }

  /// Gives the log's present file the next name.
  func putAway() throws(SyscallError) {
    var next = RotatedLog(time: LogClock.fileStamp(Clock.wall()), after: files.last)
    // Nobody else puts files here; whoever does, loses none.
    while Files.exists(path(next)) { next.number += 1 }
    try Files.rename("\(folder)/\(name)", to: path(next))
    files.append(next)
    times[next.suffix] = Clock.boot()
  }

  /// The last `putAway` did not happen.
  func takeBack() throws(SyscallError) {
    guard let last = files.popLast() else { return }
    try Files.rename(path(last), to: "\(folder)/\(name)")
  }

  /// The newest file that was put away, while it can be read as it is.
  var newest: String? { files.last.flatMap { $0.isCompressed ? nil : path($0) } }

  private func discard(_ path: String) {
    do { try Files.remove(path) } catch { Diagnostics.report("cannot remove an old log: \(error)") }
  }
}

/// Compressing: one file at a time, never the newest.
extension LogRotation {
  func compress() {
    guard compression == nil, let loop else { return }
    let now = Clock.boot()
    times = times.filter { time in files.contains { $0.suffix == time.key } }
    let settled = files.dropLast().first {
      !$0.isCompressed && now - (times[$0.suffix] ?? .zero) >= limits.settling
    }
    guard let file = settled, let gzip = Program.find("gzip") else { return }
    do {
      try compress(file, with: gzip, loop)
    } catch {
      Diagnostics.report("cannot compress `\(path(file))`: \(error)")
    }
  }

  private func compress(
    _ file: RotatedLog, with gzip: String, _ loop: Loop
  ) throws(SyscallError) {
    let temporary = path(file) + LogRotation.temporary
    let source = try FileDescriptor.open(path(file), O_RDONLY)
    let target = try FileDescriptor.open(temporary, O_WRONLY | O_CREAT | O_TRUNC, mode: 0o640)
    var program = Program(gzip, ["gzip", "-c"])
    program.descriptors = [source.raw, target.raw, -1]
    // What it has not finished when we end is begun again by the next writer.
    program.deathSignal = SIGKILL
    let child = try loop.run(program, within: LogRotation.patience) { [weak self] status in
      self?.compressed(file, into: temporary, status)
    }
    // The containers come first.
    setpriority(CInt(PRIO_PROCESS.rawValue), id_t(child.pid), 19)
    compression = Compression(child: child, temporary: temporary)
  }

  private func compressed(_ file: RotatedLog, into temporary: String, _ status: ExitStatus) {
    // Stopped meanwhile.
    guard compression != nil else { return }
    compression = nil
    guard status == .exited(0), let index = files.firstIndex(of: file) else {
      return discard(temporary)
    }
    var whole = file
    whole.isCompressed = true
    do {
      try Files.rename(temporary, to: path(whole))
      files[index] = whole
      discard(path(file))
    } catch {
      Diagnostics.report("cannot compress `\(path(file))`: \(error)")
    }
    compress()
  }

  /// The run has ended. As the kubelet, which looks after the logs of running containers only, it
  /// leaves what is there.
  func stop() {
    loop = nil
    guard let compression else { return }
    self.compression = nil
    do {
      try compression.child.signal(SIGKILL)
    } catch {
      Diagnostics.report("cannot stop the compression of a log: \(error)")
    }
    discard(compression.temporary)
  }
}
