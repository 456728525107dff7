import Glibc

/// The files that one run's log consists of: those that were put away, then the present one.
///
/// Its writer goes on while we look: a file that was put away, compressed or removed between two
/// looks is found under its new name, or passed over when it is gone.
struct RunFiles {
  let folder: String
  let name: String

  /// One of the files, open, and its place among the others.
  struct Opened {
    let descriptor: OwnedDescriptor
    var place: Place
  }

  enum Place {
    case putAway(RotatedLog)
    /// The present one, when `newest` was the newest that had been put away.
    case present(newest: RotatedLog?)
  }

  private var path: String { "\(folder)/\(name)" }

  private func path(_ file: RotatedLog) -> String { "\(path).\(file.suffix)" }

  private func putAway() -> [RotatedLog] { RotatedLog.all(of: name, in: folder) }

  /// The present file. Between putting one away and making the next there is none: then it is the
  /// one that was put away last.
  func present() throws(SyscallError) -> Opened {
    while true {
      if let file = try openPresent() { return file }
      guard let last = putAway().last else { throw SyscallError("open", path, errno: ENOENT) }
      if let opened = try open(last) { return opened }
    }
  }

  private func openPresent() throws(SyscallError) -> Opened? {
    while let file = try optional({ () throws(SyscallError) in try open(path) }) {
      let newest = putAway().last
      // Still the present one after the list was made: then the list has all before it.
      if try isPresent(file) { return Opened(descriptor: file, place: .present(newest: newest)) }
    }
    return nil
  }

  func oldest() throws(SyscallError) -> Opened {
    while let first = putAway().first {
      if let opened = try open(first) { return opened }
    }
    return try present()
  }

  /// The file that comes after `file`, which is complete then; nil when it is the newest.
  func next(after file: inout Opened) throws(SyscallError) -> Opened? {
    while true {
      switch file.place {
      case .present(let newest):
        if try isPresent(file.descriptor) { return nil }
        // Where it went, unless somebody removed it.
        guard let first = putAway().first(where: { newest < $0 }) else { return try openPresent() }
        guard let opened = try open(first) else { continue }
        guard try isSame(opened.descriptor, file.descriptor) else { return opened }
        file.place = .putAway(first)
      case .putAway(let own):
        if let following = putAway().first(where: { $0 > own }) {
          if let opened = try open(following) { return opened }
          continue
        }
        guard let last = try openPresent() else { return nil }
        if case .present(let newest?) = last.place, own < newest { continue }
        return last
      }
    }
  }

  private func open(_ path: String) throws(SyscallError) -> OwnedDescriptor {
    OwnedDescriptor(try FileDescriptor.open(path, O_RDONLY))
  }

  /// nil when it has gone, or was compressed, since it was listed.
  private func open(_ file: RotatedLog) throws(SyscallError) -> Opened? {
    let found = try optional { () throws(SyscallError) in try open(path(file)) }
    guard let found else { return nil }
    let plain = file.isCompressed ? try decompress(found) : found
    return Opened(descriptor: plain, place: .putAway(file))
  }

  private func decompress(_ file: OwnedDescriptor) throws(SyscallError) -> OwnedDescriptor {
    let plain = try OwnedDescriptor.memory("log")
    var program = Program(Program.find("gzip") ?? "gzip", ["gzip", "-dc"])
    program.descriptors = [file.raw, plain.raw, 2]
    _ = try program.spawn().wait()
    return plain
  }

  private func isPresent(_ file: OwnedDescriptor) throws(SyscallError) -> Bool {
    let present = try optional { () throws(SyscallError) in try open(path) }
    return try present?.identity() == file.identity()
  }

  /// The same file, or what became of it when it was compressed: no two files of a log begin at
  /// the same nanosecond.
  private func isSame(
    _ one: OwnedDescriptor, _ other: OwnedDescriptor
  ) throws(SyscallError) -> Bool {
    try one.read(from: 0, max: 512) == other.read(from: 0, max: 512)
  }

  /// nil where something is not there.
  private func optional<Found>(
    _ look: () throws(SyscallError) -> Found
  ) throws(SyscallError) -> Found? {
    do throws(SyscallError) {
      return try look()
    } catch {
      guard error.errno == ENOENT else { throw error }
      return nil
    }
  }
}

extension Optional<RotatedLog> {
  /// Nothing comes before everything.
  fileprivate static func < (one: Self, other: RotatedLog) -> Bool {
    one.map { $0 < other } ?? true
  }
}
