import Glibc
import PodModel
import Testing

@testable import PodShim

/// The processes behind a pod.
extension PodFixture {
  func uid(of pod: String = "pod") throws -> String {
    try self.pod(pod).metadata.uid ?? ""
  }

  /// The group that holds those of the pod's containers.
  func cgroup(of pod: String = "pod") throws -> String {
    HostPaths(root: root, state: state, environment: [:], isRoot: true)
      .pod(uid: try uid(of: pod)).cgroup
  }

  func keeper(of pod: String = "pod") throws -> HostProcess {
    try ours("keeper", of: pod)
  }

  func supervisor(of pod: String = "pod") throws -> HostProcess {
    try ours("supervise", of: pod)
  }

  private func ours(_ verb: String, of pod: String) throws -> HostProcess {
    let uid = try uid(of: pod)
    return try wait(until: "a \(verb) of `\(pod)`", within: .seconds(5)) {
      try HostProcess.all().first { $0.arguments.starts(with: ["podshim", verb, uid]) }
    }
  }

  /// The process that holds the pod's namespaces.
  func pause(of pod: String = "pod") throws -> HostProcess {
    try process(of: Supervisor.pauseName, of: pod)
  }

  /// The first process of a container.
  func process(of container: String = "main", of pod: String = "pod") throws -> HostProcess {
    if user != nil { return try recorded(container, of: pod) }
    let group = "\(Cgroup.mark(of: try uid(of: pod)))\(container)"
    // The first run has the container's name, a later one its number too.
    let marks = [group + "\n", group + "_"]
    return try wait(until: "a process of `\(container)`", within: .seconds(5)) {
      let members = try HostProcess.all().filter { process in
        process.state != "Z" && marks.contains { process.cgroups.contains($0) }
      }
      return members.first { member in !members.contains { $0.pid == member.parent } }
    }
  }

  /// The same without control groups: the one that the supervisor has noted.
  private func recorded(_ container: String, of pod: String) throws -> HostProcess {
    let bundles = "\(state)/pods/\(try uid(of: pod))/bundles/\(container)"
    return try wait(until: "a process of `\(container)`", within: .seconds(5)) {
      let runs = ((try? Files.list(bundles)) ?? []).compactMap { Int($0) }.sorted()
      let record = runs.last.flatMap { ProcessRecord(bundle: "\(bundles)/\($0)") }
      return record.flatMap { HostProcess($0.pid) }
    }
  }

  /// The page at `url` as the host sees it, or a process in the network of a pod; nil when nobody
  /// answers.
  func fetch(_ url: String, inside pod: String? = nil) throws -> String? {
    guard let path = Program.find("curl") else { throw TestHost.Unready("curl is not installed") }
    var curl = Program(path, ["curl", "-s", "-m", "5", url])
    let network = try pod.map {
      OwnedDescriptor(try Namespace.open(pid: pause(of: $0).pid, kind: .net))
    }
    curl.namespaces = network.map { [$0.raw] } ?? []
    let result = try curl.run(timeout: .seconds(10))
    return result.succeeded ? result.outputText : nil
  }

  /// Every process that this world has started, in containers and around them.
  func processes() throws -> [HostProcess] {
    try HostProcess.all().filter { process in
      process.state != "Z"
        && (uids.contains { process.cgroups.contains(Cgroup.mark(of: $0)) }
          || process.wasStarted(with: marker) || user?.has(process) == true)
    }
  }

  /// Creates a pod for each of the moments, kills its supervisor so many milliseconds later, of
  /// every other pod the keeper too, and deletes it. Nothing of it may be left; `check` says more.
  func killOnTheWay(
    _ spec: String, after moments: [Int], _ check: (_ when: String) throws -> Void
  ) throws {
    for (index, milliseconds) in moments.enumerated() {
      let name = "pod-\(index)"
      try create(spec, named: name)
      // Not a wait: this is the moment.
      usleep(useconds_t(milliseconds * 1000))
      let ours = try [keeper(of: name), supervisor(of: name)]
      for process in index.isMultiple(of: 2) ? ours : [ours[1]] { try process.signal(SIGKILL) }
      try podshim("delete", "pod", name)
      try expectNoTraces("after \(milliseconds) ms")
      try check("after \(milliseconds) ms")
    }
  }
}

extension Cgroup {
  /// What the path of every cgroup of a pod holds.
  static func mark(of uid: String) -> String { "/podshim-\(uid)/" }
}
