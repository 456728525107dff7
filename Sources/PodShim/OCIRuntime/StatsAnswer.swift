import Glibc
import OCISpec
import PodModel

/// `events` for crun, which has no such verb: what a container uses, in the form of runc, once or
/// until it ends.
struct StatsAnswer {
  let call: RuntimeCall

  func run() throws -> CInt {
    let interval = try interval()
    guard try showOnce() else {
      throw RuntimeCall.Failure(description: "container not running: `\(call.line.id ?? "")`")
    }
    if call.line.flags.has("stats") { return 0 }
    var isThere = true
    while isThere {
      usleep(useconds_t(clamping: Int(interval * 1_000_000)))
      isThere = try showOnce()
    }
    return 0
  }

  /// False when there is nothing left to look at.
  private func showOnce() throws -> Bool {
    guard let pid = call.state()?.pid, pid > 0 else { return false }
    let event = Node.mapping([
      .init("type", .string("stats")), .init("id", .string(call.line.id ?? "")),
      .init("data", Self.data(ContainerCgroup(pid: pid))),
    ])
    try Output.show(event.jsonText(sortedKeys: false, isOneLine: true))
    return true
  }

  /// Seconds; of Go's durations those that engines write: `5s`, `500ms`, `1m`.
  private func interval() throws -> Double {
    let text = call.line.value("interval") ?? "5s"
    for (unit, seconds) in [("ms", 0.001), ("s", 1), ("m", 60), ("h", 3600)]
    where text.hasSuffix(unit) {
      if let count = Double(text.dropLast(unit.count)), count > 0 { return count * seconds }
    }
    throw RuntimeCall.Failure(description: "--interval \(text) is no time: write 5s")
  }

  private static func data(_ groups: ContainerCgroup) -> Node {
    .mapping([
      .init("cpu", .mapping([.init("usage", processor(groups))])),
      .init("memory", memory(groups)),
      .init(
        "pids",
        numbers(["current": ("pids", "pids.current"), "limit": ("pids", "pids.max")], groups)),
    ])
  }

  private static func processor(_ groups: ContainerCgroup) -> Node {
    let used = groups.path("cpuacct").flatMap { Cgroup.processorTime($0) } ?? .zero
    let nanoseconds: Int64 = used / .nanoseconds(1)
    return .mapping([.init("total", .integer(nanoseconds))])
  }

  private static func memory(_ groups: ContainerCgroup) -> Node {
    let isUnified = CgroupMode.ofHost() == .unified
    let names: KeyValuePairs = [
      "usage": isUnified ? "memory.current" : "memory.usage_in_bytes",
      "max": isUnified ? "memory.peak" : "memory.max_usage_in_bytes",
      "limit": isUnified ? "memory.max" : "memory.limit_in_bytes",
    ]
    let usage = names.map { Node.Entry($0.key, number(groups, "memory", $0.value)) }
    let raw = groups.folder("memory").flatMap { try? Files.readText("\($0)/memory.stat") } ?? ""
    let lines = raw.split(separator: "\n").compactMap { line -> Node.Entry? in
      let words = line.split(separator: " ")
      guard words.count == 2, let value = Int64(words[1]) else { return nil }
      return Node.Entry(String(words[0]), .integer(value))
    }
    return .mapping([.init("usage", .mapping(usage)), .init("raw", .mapping(lines))])
  }

  private static func numbers(
    _ files: KeyValuePairs<String, (controller: String, file: String)>, _ groups: ContainerCgroup
  ) -> Node {
    .mapping(files.map { .init($0.key, number(groups, $0.value.controller, $0.value.file)) })
  }

  /// What a file says; 0 for `max`, as runc writes it.
  private static func number(_ groups: ContainerCgroup, _ controller: String, _ file: String)
    -> Node
  {
    .integer(groups.folder(controller).flatMap { Files.readNumber("\($0)/\(file)") } ?? 0)
  }
}
