/// One process of a pod.
struct PodProcess: Equatable {
  /// As the host counts.
  var pid: Int32
  var parent: Int32
  /// As its own PID namespace counts.
  var inside: Int32
  var container: String
  var command: String
  /// What the kernel calls them, such as `net:[4026532281]`.
  var namespaces: [Namespace.Kind: String]
}

/// The processes of a pod as a tree, each with what it shares: pause's namespaces are the pod's,
/// and whatever else is in them has joined them.
struct ProcessTree {
  private let title: String
  private let containers: [String]
  private let processes: [PodProcess]
  private let host: [Namespace.Kind: String]

  private static let longestCommand = 44
  private static let kinds = Namespace.Kind.allCases

  /// - Parameters:
  ///   - containers: in the order in which they are to be drawn, pause first.
  ///   - host: the namespaces that the host's own programs are in.
  init(
    of title: String, _ containers: [String], _ processes: [PodProcess],
    host: [Namespace.Kind: String]
  ) {
    self.title = title
    self.processes = processes
    self.host = host
    self.containers = containers.filter { name in processes.contains { $0.container == name } }
  }

  var text: String {
    let header = ["PROCESS", "PID", "INSIDE"] + Self.kinds.map { $0.rawValue.uppercased() }
    let tree = containers.enumerated().flatMap { index, name in
      branch(name, isLast: index == containers.count - 1)
    }
    return GrowingTable().text([header, [title]] + tree) + "\n" + shared
  }

  private func branch(_ name: String, isLast: Bool) -> [[String]] {
    let own = processes.filter { $0.container == name }
    let pids = Set(own.map(\.pid))
    let roots = own.filter { !pids.contains($0.parent) }
    let stem = isLast ? "   " : "│  "
    return [["\(isLast ? "└─" : "├─") \(shown(name))"]]
      + rows(roots, among: own, stem: stem)
  }

  private func rows(
    _ siblings: [PodProcess], among own: [PodProcess], stem: String
  ) -> [[String]] {
    siblings.enumerated().flatMap { index, process -> [[String]] in
      let isLast = index == siblings.count - 1
      let command =
        process.command.count > Self.longestCommand
        ? process.command.prefix(Self.longestCommand - 1) + "…" : process.command[...]
      let row =
        ["\(stem)\(isLast ? "└─" : "├─") \(command)", "\(process.pid)", "\(process.inside)"]
        + Self.kinds.map { owner(of: process, $0) }
      let children = own.filter { $0.parent == process.pid }
      return [row] + rows(children, among: own, stem: stem + (isLast ? "   " : "│  "))
    }
  }

  /// Whose a namespace is: `host`, `pod` when pause is in it, `own`, or the container's that was
  /// there first.
  private func owner(of process: PodProcess, _ kind: Namespace.Kind) -> String {
    guard let namespace = process.namespaces[kind] else { return "?" }
    if namespace == host[kind] { return "host" }
    let first = sharers(of: namespace, kind).first ?? process.container
    if first == Supervisor.pauseName, sharers(of: namespace, kind).count > 1 {
      return "pod"
    }
    return first == process.container ? "own" : shown(first)
  }

  private func shown(_ name: String) -> String {
    name == Supervisor.pauseName ? "pause" : name
  }

  /// The containers with a process in a namespace.
  private func sharers(of namespace: String, _ kind: Namespace.Kind) -> [String] {
    containers.filter { name in
      processes.contains { $0.container == name && $0.namespaces[kind] == namespace }
    }
  }

  /// Every namespace that is not the host's, and who is in it.
  private var shared: String {
    var rows = [["NAMESPACE", "INODE", "CONTAINERS"]]
    for kind in Self.kinds {
      var seen: [String] = []
      for process in containers.flatMap({ name in processes.filter { $0.container == name } }) {
        guard let namespace = process.namespaces[kind], namespace != host[kind],
          !seen.contains(namespace)
        else { continue }
        seen.append(namespace)
        let inode = namespace.filter(\.isNumber)
        rows.append([
          kind.rawValue, inode, sharers(of: namespace, kind).map(shown).joined(separator: ", "),
        ])
      }
    }
    return GrowingTable().text(rows)
  }
}
