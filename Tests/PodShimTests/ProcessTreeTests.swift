import PodModel
import Testing

@testable import PodShim

@Suite("The tree of a pod's processes")
struct ProcessTreeTests {
  private static func process(
    _ pid: Int32, _ parent: Int32, _ inside: Int32, _ container: String, _ command: String,
    _ numbers: [Int]
  ) -> PodProcess {
    let names = zip(Namespace.Kind.allCases, numbers).map { kind, number in
      (kind, "\(kind.rawValue):[\(number)]")
    }
    return PodProcess(
      pid: pid, parent: parent, inside: inside, container: container, command: command,
      namespaces: Dictionary(uniqueKeysWithValues: names))
  }

  /// net, ipc, uts, pid, mnt, user, cgroup
  private static let host = [1, 2, 3, 4, 5, 6, 7]

  @Test func `shows who shares what`() {
    let processes = [
      Self.process(10, 9, 1, "_pause", "/pause", [11, 12, 13, 14, 15, 6, 7]),
      Self.process(20, 9, 1, "web", "nginx: master", [11, 12, 13, 24, 25, 6, 7]),
      Self.process(21, 20, 7, "web", "nginx: worker", [11, 12, 13, 24, 25, 6, 7]),
      Self.process(
        22, 20, 8, "web", String(repeating: "x", count: 60), [11, 12, 13, 24, 25, 6, 7]),
      Self.process(30, 9, 9, "debug", "sh", [11, 12, 13, 24, 35, 6, 7]),
      Self.process(31, 1, 10, "debug", "top", [11, 12, 13, 24, 35, 6, 7]),
    ]
    let host = Self.process(1, 0, 1, "", "", Self.host).namespaces
    let tree = ProcessTree(
      of: "default/web", ["_pause", "gone", "web", "debug"], processes, host: host)
    #expect(
      tree.text == """
        PROCESS                                                 PID   INSIDE   NET   IPC   UTS   PID   MNT   USER   CGROUP
        default/web
        ├─ pause
        │  └─ /pause                                            10    1        pod   pod   pod   own   own   host   host
        ├─ web
        │  └─ nginx: master                                     20    1        pod   pod   pod   own   own   host   host
        │     ├─ nginx: worker                                  21    7        pod   pod   pod   own   own   host   host
        │     └─ xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…   22    8        pod   pod   pod   own   own   host   host
        └─ debug
           ├─ sh                                                30    9        pod   pod   pod   web   own   host   host
           └─ top                                               31    10       pod   pod   pod   web   own   host   host

        NAMESPACE   INODE   CONTAINERS
        net         11      pause, web, debug
        ipc         12      pause, web, debug
        uts         13      pause, web, debug
        pid         14      pause
        pid         24      web, debug
        mnt         15      pause
        mnt         25      web
        mnt         35      debug

        """)
  }
}
