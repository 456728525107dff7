import PodModel
import Testing

@testable import PodShim

@Suite("A folder of logs")
struct LogFolderTests {
  private static let files = [
    "0.log", "1.log", "1.log.20261121-090000.gz", "2.log", "2.log.20261121-090500", "notes",
  ]

  @Test("The logs of runs before a given one go, with all that was rotated; nothing else does")
  func forgetting() throws {
    let scratch = try LinuxScratch()
    for name in Self.files { try Files.write([], to: scratch[name]) }
    try LogFolder.forget(before: 2, in: scratch.path)
    #expect(try Files.list(scratch.path) == ["2.log", "2.log.20261121-090500", "notes"])
  }

  @Test("The last run is the highest number, also of a file that was rotated")
  func runs() throws {
    let scratch = try LinuxScratch()
    let pod = Pod().with {
      $0.metadata.name = "pod"
      $0.metadata.uid = "uid"
      $0.spec.containers = ["main", "other"].map { name in Container().with { $0.name = name } }
    }
    let host = HostPaths(
      root: scratch["root"], state: scratch["state"], environment: [:], isRoot: true)
    let paths = host.pod(uid: "uid")
    let folder = paths.logs(of: pod) + "/main"
    try Files.makeDirectories(folder)
    for name in Self.files + ["10.log.20261121-091000"] {
      try Files.write([], to: "\(folder)/\(name)")
    }
    #expect(try LogFolder.runs(of: pod, in: paths) == ["main": 10])
  }
}
