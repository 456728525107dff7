import Glibc
import PodModel

@testable import PodShim

/// What can be seen of lives: restarts, words left behind, what was reported.
extension PodFixture {
  /// Where `Spec.pod` puts /out when told so, a folder for each pod.
  func out(_ pod: String = "pod") -> String { "\(folder)/out-\(pod)" }

  /// The lines that the containers of a pod have left in /out/log.
  func words(_ pod: String = "pod") -> [String] {
    let text = try? Files.readText(out(pod) + "/log")
    return (text ?? "").split(separator: "\n").map(String.init)
  }

  func restarts(of container: String, of pod: String = "pod") throws -> Int {
    try self.container(container, of: pod).restartCount
  }

  /// Until each of the containers has been restarted at least once.
  func wait(untilRestarted containers: [String], of pod: String = "pod") throws {
    for container in containers {
      try wait(for: "`\(container)` of `\(pod)` to be restarted") {
        try restarts(of: container, of: pod) > 0
      }
    }
  }

  /// Until something is reported of a pod that has all these words in it.
  func wait(untilReported words: [String], of pod: String = "pod") throws {
    try wait(for: "a report of \(words)") {
      try events(of: pod).contains { line in words.allSatisfy(line.contains) }
    }
  }

  func isReady(_ pod: String = "pod") throws -> Bool {
    try status(pod).conditions.first { $0.type == "Ready" }?.status == .true
  }

  /// Deletes pods side by side, and waits until all are gone; how long that took.
  @discardableResult
  func delete(_ pods: [String], _ arguments: String...) throws -> Duration {
    let begun = Clock.boot()
    try podshim(["delete", "pod"] + pods + ["--wait=false"] + arguments)
    try wait(for: "\(pods) to go") {
      let names = try run(["get", "pods", "-o", "name"]).outputText
      return !pods.contains { names.split(separator: "\n").contains("pod/\($0)") }
    }
    return Clock.boot() - begun
  }

  /// What a power cut leaves: no process, and nothing that lies in memory.
  ///
  /// - Parameter keepsState: the state lies on a disk, and is of an earlier start of the host.
  func loseHost(keepsState: Bool = false) throws {
    let all = uids.sorted()
    for pod in try podshim("get", "pods", "-o", "name").split(separator: "\n") {
      let name = String(pod.dropFirst("pod/".count))
      // Nobody keeps what is over.
      if try [.succeeded, .failed].contains(status(name).phase) { continue }
      try killKeeperAndSupervisor(of: name)
    }
    // With one that goes, others may.
    for process in try processes() { try? process.signal(SIGKILL) }
    try wait(for: "all processes to die") { try processes().isEmpty }
    // Cgroups, and the state with its mounts.
    let script = """
      for uid in \(all.joined(separator: " ")); do
        find /sys/fs/cgroup -depth -type d -path "*/podshim-$uid*" -exec rmdir {} + 2>/dev/null
      done
      awk -v folder=\(state)/ 'index($5, folder) == 1 { print $5 }' /proc/self/mountinfo |
        tac | xargs -r umount -l
      \(keepsState ? otherBoot : "rm -rf \(state)")
      """
    var host = Program("/bin/sh", ["sh", "-c", script])
    host.namespaces = namespaces
    _ = try host.run(timeout: .seconds(10))
  }

  private var otherBoot: String {
    "sed -i 's/\"bootID\":\"[^\"]*\"/\"bootID\":\"another\"/' \(state)/pods/*/life.json"
  }
}
