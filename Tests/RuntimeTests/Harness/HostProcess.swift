import Glibc

@testable import PodShim

/// A process of this host as `/proc` shows it.
struct HostProcess: Equatable {
  var pid: pid_t
  var parent: pid_t
  /// One letter: `S` sleeps, `T` is stopped, `Z` has ended and was not reaped.
  var state: Character
  /// When it started, in clock ticks since boot; with the pid it is this process and no other.
  var started: UInt64

  /// Empty when it is gone, and for a zombie.
  var arguments: [String] {
    let line = (try? Files.read("/proc/\(pid)/cmdline")) ?? []
    return line.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The lines of `/proc/<pid>/cgroup`, empty when it is gone.
  var cgroups: String { (try? Files.readText("/proc/\(pid)/cgroup")) ?? "" }

  /// The host's ID of the user that it is run by; nil when it is gone.
  var user: uid_t? {
    let status = (try? Files.readText("/proc/\(pid)/status")) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("Uid:") }
    return line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { uid_t($0) }
  }

  /// nil when it is gone.
  init?(_ pid: pid_t) {
    guard let stat = try? Files.readText("/proc/\(pid)/stat"),
      let end = stat.lastIndex(of: ")"),
      let started = PidFD.startTime(stat: stat)
    else { return nil }
    let fields = stat[end...].split(separator: " ")
    guard fields.count > 2, let parent = pid_t(fields[2]), let state = fields[1].first else {
      return nil
    }
    self.pid = pid
    self.parent = parent
    self.state = state
    self.started = started
  }

  static func == (a: HostProcess, b: HostProcess) -> Bool {
    a.pid == b.pid && a.started == b.started
  }

  static func all() throws -> [HostProcess] {
    try Files.list("/proc").compactMap { pid_t($0) }.compactMap { HostProcess($0) }
  }

  /// Not gone, and no zombie, as of now.
  var isThere: Bool {
    guard let now = HostProcess(pid) else { return false }
    return now.started == started && now.state != "Z"
  }

  /// Which namespace it is in: `net:[4026531840]`, with the kind as `/proc/<pid>/ns` has it.
  func namespace(_ kind: Namespace.Kind) -> String? {
    try? Files.readLink(Namespace.path(pid: pid, kind: kind))
  }

  /// Sends the signal to this very process; it does nothing when that is gone.
  func signal(_ signal: CInt) throws {
    guard let handle = try? PidFD.open(pid), HostProcess(pid)?.started == started else { return }
    try PidFD.signal(handle.raw, signal)
  }

  /// Whether `variable` is in the environment that it was started with.
  func wasStarted(with variable: String) -> Bool {
    let environment = (try? Files.read("/proc/\(pid)/environ")) ?? []
    return environment.split(separator: 0).contains { $0.elementsEqual(variable.utf8) }
  }
}
