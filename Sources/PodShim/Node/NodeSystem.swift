import Glibc
import PodModel

/// What a host says of itself: kernel, operating system, size. Read anew each time; what cannot be
/// read is empty or zero.
struct NodeSystem: Equatable {
  var kernel = ""
  /// `PRETTY_NAME` of `/etc/os-release`.
  var image = ""
  var machineID = ""
  var bootID = ""
  /// When the host was started: as old as it is as a node.
  var started = ""
  /// nil when the host has no way out.
  var address: String?
  var processors = 0
  var memoryKibibytes = 0

  static func read() -> NodeSystem {
    func text(_ path: String) -> String {
      let text = (try? Files.readText(path)) ?? ""
      return text.hasSuffix("\n") ? String(text.dropLast()) : text
    }
    var system = NodeSystem()
    system.kernel = text("/proc/sys/kernel/osrelease")
    system.machineID = text("/etc/machine-id")
    system.bootID = Clock.bootID
    system.image = value("PRETTY_NAME=", in: text("/etc/os-release"))
    system.started = Timestamp(wall: Clock.wall() - Clock.boot()).description
    system.address = HostAddress.find()
    system.processors = sysconf(Int32(_SC_NPROCESSORS_ONLN))
    let memory = value("MemTotal:", in: text("/proc/meminfo"))
    system.memoryKibibytes = memory.split(separator: " ").first.flatMap { Int($0) } ?? 0
    return system
  }

  /// What stands behind the word at the start of a line, without quotation marks.
  static func value(_ word: String, in text: String) -> String {
    let line = text.split(separator: "\n").first { $0.hasPrefix(word) } ?? ""
    return String(line.dropFirst(word.count)).split(separator: "\"").first.map(String.init) ?? ""
  }
}
