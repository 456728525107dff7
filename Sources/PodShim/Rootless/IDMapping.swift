import Glibc
import PodModel

/// Giving IDs to a user namespace that has just been made: the user's own as 0, and after it those
/// that `/etc/subuid` and `/etc/subgid` let him give away.
///
/// Only `newuidmap` and `newgidmap` can do that, and only from outside; so a child of ours that was
/// started before waits for the word.
struct IDMapping {
  private let gate: OwnedDescriptor
  private let child: Child
  private let complaints: OwnedDescriptor

  static let verb = "map-ids"
  private static let programs = ["newuidmap", "newgidmap"]

  struct Failed: Error, CustomStringConvertible {
    let description: String
  }

  /// nil where the user can give nothing away, or has not got the programs.
  static func begin() throws -> IDMapping? {
    guard try commands(for: getpid()) != nil else { return nil }
    let pipe = try Pipe.make().split()
    let complaints = try OwnedDescriptor.memory("complaints")
    var program = Program("/proc/self/exe", ["podshim", verb, "\(getpid())"])
    program.descriptors = [pipe.reader.raw, -1, complaints.raw]
    program.deathSignal = SIGKILL
    let child = try program.spawn()
    return IDMapping(gate: pipe.writer, child, complaints)
  }

  private init(gate: OwnedDescriptor, _ child: Child, _ complaints: OwnedDescriptor) {
    (self.gate, self.child, self.complaints) = (gate, child, complaints)
  }

  /// Says that we are in the namespace, and waits until it has its IDs.
  func finish() throws {
    try gate.writeAll([1])
    let status = try child.wait()
    guard status != .exited(0) else { return }
    let raw = complaints.raw
    try checked("lseek", "complaints") { lseek(raw, 0, SEEK_SET) }
    let said = String(decoding: try complaints.readAll(), as: UTF8.self)
    throw Failed(description: said.split(separator: "\n").last.map(String.init) ?? "\(status)")
  }

  /// The user's own ID alone, which needs nobody's help. Groups can be let go no more, because by
  /// that somebody could gain what is denied to a group.
  static func mapOwn(uid: uid_t, gid: gid_t) throws(SyscallError) {
    try Files.writeText("deny", to: "/proc/self/setgroups")
    try Files.writeText("0 \(uid) 1", to: "/proc/self/uid_map")
    try Files.writeText("0 \(gid) 1", to: "/proc/self/gid_map")
  }

  /// The verb: the child, which waits for a byte. The exit status.
  static func run(_ arguments: [String]) throws -> CInt {
    var word: [UInt8] = [0]
    guard let pid = arguments.first.flatMap({ pid_t($0) }),
      try FileDescriptor(owning: 0).read(into: &word) == 1
    else { return 2 }
    for command in try commands(for: pid) ?? [] {
      let result = try command.run(timeout: .seconds(10))
      guard result.succeeded else {
        throw CommandError("the IDs of /etc/subuid cannot be had: \(result.errorText)")
      }
    }
    return 0
  }

  private static func commands(for pid: pid_t) throws -> [Program]? {
    let passwd = try Files.readText("/etc/passwd")
    let files = [("/etc/subuid", getuid()), ("/etc/subgid", getgid())]
    var commands: [Program] = []
    for (name, (file, own)) in zip(programs, files) {
      let ids = SubordinateIDs((try? Files.readText(file)) ?? "", of: getuid(), passwd: passwd)
      guard !ids.isEmpty, let path = Program.find(name) else { return nil }
      commands.append(Program(path, [name, "\(pid)"] + ids.map(own: own)))
    }
    return commands
  }
}
