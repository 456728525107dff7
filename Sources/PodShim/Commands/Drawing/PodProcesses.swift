import Glibc

/// The processes of a pod as `/proc` shows them, found by their control groups: what `exec` began
/// is among them.
enum PodProcesses {
  static func read(_ paths: PodPaths) throws -> [PodProcess] {
    try Files.list("/proc").compactMap { pid_t($0) }.sorted().compactMap { pid in
      guard let container = container(of: pid, paths.cgroup) else { return nil }
      let status = lines("/proc/\(pid)/status")
      func field(_ name: String) -> Substring? {
        status.first { $0.hasPrefix("\(name):") }?.split(whereSeparator: \.isWhitespace).last
      }
      // One that has ended meanwhile is none of the pod's any more.
      guard let parent = field("PPid").flatMap({ pid_t($0) }) else { return nil }
      return PodProcess(
        pid: pid, parent: parent, inside: field("NSpid").flatMap { pid_t($0) } ?? pid,
        container: container, command: command(of: pid, name: field("Name") ?? ""),
        namespaces: namespaces(of: "\(pid)"))
    }
  }

  /// The namespaces that podshim itself is in.
  static func ofHost() -> [Namespace.Kind: String] { namespaces(of: "self") }

  /// `…/podshim-<uid>/<container>_<run>`; no name has an underscore, and pause's begins with one.
  private static func container(of pid: pid_t, _ group: String) -> String? {
    for path in Cgroup.groups(of: "\(pid)").map(\.path) {
      guard let place = path.firstRange(of: "\(group)/") else { continue }
      let group = path[place.upperBound...].prefix { $0 != "/" }
      return String(group.hasPrefix("_") ? group : group.prefix { $0 != "_" })
    }
    return nil
  }

  private static func command(of pid: pid_t, name: Substring) -> String {
    let bytes = (try? Files.read("/proc/\(pid)/cmdline")) ?? []
    let words = bytes.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    return words.isEmpty ? "[\(name)]" : words.joined(separator: " ")
  }

  private static func namespaces(of pid: String) -> [Namespace.Kind: String] {
    var found: [Namespace.Kind: String] = [:]
    for kind in Namespace.Kind.allCases {
      found[kind] = try? Files.readLink("/proc/\(pid)/ns/\(kind.rawValue)")
    }
    return found
  }

  private static func lines(_ path: String) -> [Substring] {
    ((try? Files.readText(path)) ?? "").split(separator: "\n")
  }
}
