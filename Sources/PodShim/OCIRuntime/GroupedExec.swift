import Glibc
import OCISpec

/// `exec --additional-gids` for crun, which can say that only in a file: the process is made as
/// crun would have made it of its flags, with the groups beside.
struct GroupedExec {
  private let call: RuntimeCall
  private let line: RuntimeCommandLine

  private let globals: [String]

  init(_ call: RuntimeCall, globals: [String]) {
    self.call = call
    self.globals = globals
    line = call.line
  }

  /// The words for crun; they name a file that the descriptor holds.
  func arguments() throws -> (words: [String], file: OwnedDescriptor) {
    var process = try process()
    var user = process.user ?? OCISpec.Process.User()
    user.additionalGids = (user.additionalGids ?? []) + (try groups())
    process.user = user
    let file = try OwnedDescriptor.memory("process", holding: JSON.compact(process))
    try checked("fcntl", "descriptor \(file.raw)") { fcntl(file.raw, F_SETFD, 0) }
    let kept = line.flags.filter {
      ["detach", "pid-file", "console-socket", "preserve-fds", "cgroup"]
        .contains($0.flag.name)
    }
    let words = kept.map { "--\($0.flag.name)" + ($0.value.map { "=\($0)" } ?? "") }
    return (
      globals + ["exec"] + words + ["--process=/proc/self/fd/\(file.raw)", line.id ?? ""], file
    )
  }

  private func groups() throws -> [UInt32] {
    try line.flags.filter { $0.flag.name == "additional-gids" }.map { given in
      guard let group = UInt32(given.value ?? "") else {
        throw RuntimeCall.Failure(
          description: "--additional-gids \(given.value ?? "") is no number of a group")
      }
      return group
    }
  }

  private func process() throws -> OCISpec.Process {
    if let file = line.value("process") {
      return try JSON.decode(OCISpec.Process.self, from: Files.read(file))
    }
    guard let state = call.state() else {
      throw RuntimeCall.Failure(description: "container `\(line.id ?? "")` does not exist")
    }
    var process = try ExecProcess.like(
      state.bundle, running: Array(line.operands.dropFirst()))
    process.terminal = line.flags.has("tty") ? true : nil
    process.env = (process.env ?? []) + values("env")
    if let folder = line.value("cwd") { process.cwd = folder }
    if let label = line.value("process-label") { process.selinuxLabel = label }
    if let profile = line.value("apparmor") { process.apparmorProfile = profile }
    if line.flags.has("no-new-privs") { process.noNewPrivileges = true }
    if let user = line.value("user") { process.user = try Self.user(user) }
    for capability in values("cap") { process.capabilities?.add(capability) }
    return process
  }

  private func values(_ flag: String) -> [String] {
    line.flags.filter { $0.flag.name == flag }.compactMap(\.value)
  }

  /// `UID[:GID]`
  private static func user(_ text: String) throws -> OCISpec.Process.User {
    let ids = text.split(separator: ":").map { UInt32($0) }
    guard (1...2).contains(ids.count), !ids.contains(nil) else {
      throw RuntimeCall.Failure(description: "--user \(text) is not UID or UID:GID")
    }
    var user = OCISpec.Process.User()
    user.uid = ids[0]
    user.gid = ids.count == 2 ? ids[1] : 0
    return user
  }
}

extension OCISpec.Process.Capabilities {
  /// To every set, as runtimes do.
  fileprivate mutating func add(_ name: String) {
    bounding = (bounding ?? []) + [name]
    effective = (effective ?? []) + [name]
    inheritable = (inheritable ?? []) + [name]
    permitted = (permitted ?? []) + [name]
    ambient = (ambient ?? []) + [name]
  }
}
