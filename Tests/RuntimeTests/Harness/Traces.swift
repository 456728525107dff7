import Glibc
import Testing

@testable import PodShim

/// What a host still shows of the pods of one world; all of it is empty when nothing is left.
///
/// Only what carries the world's folder or a pod's uid counts, or a namespace that a pod had: other
/// programs come and go meanwhile. A port that is listened on needs no line of its own, because
/// nothing but a process can do that.
struct Traces: Equatable {
  var processes: [String] = []
  /// Namespaces of a pod that some process is still in, or that a descriptor or a mount keeps.
  var namespaces: [String] = []
  var mounts: [String] = []
  var cgroups: [String] = []
  /// Files in the world's folders, and what bears a uid anywhere else.
  var files: [String] = []
}

extension PodFixture {
  /// Nothing is left of any pod of this world.
  func expectNoTraces(
    _ when: String = "after the deletion", at location: SourceLocation = #_sourceLocation
  ) throws {
    let left = try traces()
    #expect(left == Traces(), "\(when): \(left)", sourceLocation: location)
  }

  /// What is left now. Those who clean up have a second to go themselves.
  func traces() throws -> Traces {
    let deadline = Clock.boot() + .seconds(1)
    while try !processes().isEmpty, Clock.boot() < deadline { usleep(2000) }
    return Traces(
      processes: try processes().map { "\($0.pid) \($0.arguments.joined(separator: " "))" },
      namespaces: try keptNamespaces(), mounts: try mounts(), cgroups: cgroups(),
      files: strayFiles())
  }

  /// Remembers the namespaces of all pods that run, to look for them later, and keeps them open
  /// until then: the kernel gives the number of a namespace that is gone to the next one.
  func noteNamespaces() throws {
    let own = HostProcess(getpid()).map(Self.namespaces) ?? []
    for process in try HostProcess.all() where isInPod(process) {
      for kind in Namespace.Kind.allCases {
        guard let name = process.namespace(kind), !own.contains(name),
          let open = try? Namespace.open(pid: process.pid, kind: kind)
        else { continue }
        seenNamespaces[name] = OwnedDescriptor(open)
      }
    }
  }

  private func isInPod(_ process: HostProcess) -> Bool {
    uids.contains { process.cgroups.contains(Cgroup.mark(of: $0)) }
  }

  private static func namespaces(of process: HostProcess) -> [String] {
    Namespace.Kind.allCases.compactMap { process.namespace($0) }
  }

  private func keptNamespaces() throws -> [String] {
    defer { seenNamespaces = [:] }
    var kept: [String] = []
    // Of a zombie, which its parent may leave lying for a while, the kernel still shows some.
    for process in try HostProcess.all() where process.pid != getpid() && process.state != "Z" {
      let descriptors = (try? Files.list("/proc/\(process.pid)/fd")) ?? []
      let open = descriptors.compactMap { try? Files.readLink("/proc/\(process.pid)/fd/\($0)") }
      for name in Self.namespaces(of: process) + open where seenNamespaces[name] != nil {
        kept.append("\(name) by \(process.pid) \(process.arguments.joined(separator: " "))")
      }
    }
    let mounted = try Mount.table().filter { seenNamespaces[$0.root] != nil }
    return kept + mounted.map { "\($0.root) at \($0.path)" }
  }

  private func mounts() throws -> [String] {
    var tables = [try Files.readText("/proc/thread-self/mountinfo")]
    if !namespaces.isEmpty {
      var cat = Program("/bin/cat", ["cat", "/proc/self/mountinfo"])
      cat.namespaces = namespaces
      tables.append(try cat.run(timeout: .seconds(5)).outputText)
    }
    let lines = tables.flatMap { $0.split(separator: "\n") }.map(String.init)
    return lines.filter { line in
      line.contains(folder + "/") || uids.contains { line.contains($0) }
    }
  }

  private func cgroups() -> [String] {
    directories(below: "/sys/fs/cgroup").filter { path in uids.contains { path.contains($0) } }
  }

  private func directories(below folder: String) -> [String] {
    guard let open = try? FileDescriptor.open(folder, O_RDONLY | O_DIRECTORY),
      let entries = try? DirectoryEntry.all(of: open)
    else { return [] }
    let found = entries.filter(\.isDirectory).map { "\(folder)/\($0.text)" }
    return found + found.flatMap { directories(below: $0) }
  }

  /// What is to stay: the images, pause's root file system, the folders themselves, the lock of a
  /// namespace and of the ranges of IDs, which others may be waiting for, and who was in the
  /// namespaces of a user last.
  private func strayFiles() -> [String] {
    let stays = ["\(root)/images", "\(root)/layers"]
    let found = files(below: root) + files(below: state)
    let strays = found.filter { path in
      !stays.contains { path == $0 || path.hasPrefix($0 + "/") }
        && !path.hasPrefix("\(root)/pause/")
        && !(path.hasPrefix("\(root)/names/") && path.hasSuffix("/.lock"))
        && !(path.hasPrefix("\(root)/objects/.") && path.hasSuffix(".lock"))
        && path != "\(root)/id-ranges/.lock" && path != "\(state)/bridge/.lock"
        && path != "\(state)/namespaces" && path != "\(state)/namespaces.lock"
    }
    let named = (directories(below: root) + directories(below: state))
    let elsewhere = ["/run/crun", "/run/runc", "/run", "/dev/shm", "/dev/mqueue"]
      .flatMap { folder in ((try? Files.list(folder)) ?? []).map { "\(folder)/\($0)" } }
    return strays + (named + elsewhere).filter { path in uids.contains { path.contains($0) } }
  }
}

extension Traces: CustomStringConvertible {
  var description: String {
    let parts = [
      ("processes", processes), ("namespaces", namespaces), ("mounts", mounts),
      ("cgroups", cgroups), ("files", files),
    ]
    let left = parts.filter { !$0.1.isEmpty }
    return left.isEmpty ? "nothing" : left.map { "\($0.0): \($0.1)" }.joined(separator: "; ")
  }
}
