import PodModel
import Testing

@testable import PodShim

@Suite("Columns of get pods")
struct CommandsPodRowTests {
  static let now = Timestamp(seconds: 1_700_000_000)

  /// A container's status in one line: `web running ready x2@90 was Error`.
  static func status(_ text: String) -> ContainerStatus {
    let words = text.split(separator: " ").map(String.init)
    var status = ContainerStatus()
    status.name = words[0]
    var state = ContainerState()
    switch words[1] {
    case "running":
      state.running = ContainerStateRunning()
      status.started = true
    case "waiting": state.waiting = ContainerStateWaiting().with { $0.reason = words[2] }
    default:
      state.terminated = ContainerStateTerminated().with {
        $0.exitCode = Int(words[1]) ?? 0
        $0.reason = words.count > 2 && words[2] != "-" ? words[2] : nil
      }
    }
    status.state = state
    status.ready = words.contains("ready")
    if let restarts = words.first(where: { $0.hasPrefix("x") && $0.contains("@") }) {
      let parts = restarts.dropFirst().split(separator: "@")
      status.restartCount = Int(parts[0]) ?? 0
      status.lastState = ContainerState().with {
        $0.terminated = ContainerStateTerminated().with {
          $0.finishedAt =
            Timestamp(seconds: now.seconds - (Int64(parts[1]) ?? 0)).description
        }
      }
    }
    return status
  }

  struct Case: CustomTestStringConvertible, Sendable {
    var phase: PodPhase
    var initial: [String] = []
    var apps: [String]
    /// Init containers that are sidecars.
    var sidecars: [String] = []
    var holds: [String] = []
    var isDeleted = false
    var ready: String
    var status: String
    var restarts = "0"
    var testDescription: String { "\(status): \(initial) \(apps)" }
  }

  static func pod(_ example: Case) -> Pod {
    var pod = Pod()
    pod.metadata.name = "web"
    pod.metadata.creationTimestamp = Timestamp(seconds: now.seconds - 533).description
    if example.isDeleted { pod.metadata.deletionTimestamp = now.description }
    var status = PodStatus()
    status.phase = example.phase
    status.initContainerStatuses = example.initial.map(Self.status)
    status.containerStatuses = example.apps.map(Self.status)
    status.conditions = example.holds.map { name in
      PodCondition().with {
        $0.type = name
        $0.status = .true
      }
    }
    pod.status = status
    pod.spec.containers = status.containerStatuses.map { one in
      Container().with { $0.name = one.name }
    }
    pod.spec.initContainers = status.initContainerStatuses.map { one in
      Container().with {
        $0.name = one.name
        if example.sidecars.contains(one.name) { $0.restartPolicy = .always }
      }
    }
    return pod
  }

  static let cases: [Case] = [
    Case(
      phase: .pending, apps: ["a waiting ContainerCreating"], ready: "0/1",
      status: "ContainerCreating"),
    Case(phase: .pending, apps: ["a waiting ErrImagePull"], ready: "0/1", status: "ErrImagePull"),
    Case(
      phase: .running, apps: ["a running ready", "b running ready"], ready: "2/2",
      status: "Running"),
    Case(
      phase: .running, apps: ["a waiting CrashLoopBackOff x3@10", "b running ready"],
      ready: "1/2", status: "CrashLoopBackOff", restarts: "3 (10s ago)"),
    Case(
      phase: .running, apps: ["a running ready x1@200", "b running ready x2@90"], ready: "2/2",
      status: "Running", restarts: "3 (90s ago)"),
    Case(phase: .succeeded, apps: ["a 0 Completed"], ready: "0/1", status: "Completed"),
    Case(phase: .failed, apps: ["a 3 Error"], ready: "0/1", status: "Error"),
    Case(phase: .failed, apps: ["a 137 OOMKilled"], ready: "0/1", status: "OOMKilled"),
    Case(phase: .failed, apps: ["a 7 -"], ready: "0/1", status: "ExitCode:7"),
    // The first container speaks last.
    Case(phase: .failed, apps: ["a 1 Error", "b 0 Completed"], ready: "0/2", status: "Error"),
    Case(
      phase: .running, apps: ["a 0 Completed", "b running ready"], holds: ["Ready"],
      ready: "1/2", status: "Running"),
    Case(
      phase: .running, apps: ["a 0 Completed", "b running ready"], ready: "1/2",
      status: "NotReady"),
    Case(
      phase: .pending, initial: ["i running", "j waiting PodInitializing"],
      apps: ["a waiting PodInitializing"], ready: "0/1", status: "Init:0/2"),
    Case(
      phase: .pending, initial: ["i 0 Completed", "j waiting PodInitializing"],
      apps: ["a waiting PodInitializing"], ready: "0/1", status: "Init:1/2"),
    Case(
      phase: .pending, initial: ["i waiting CrashLoopBackOff x2@5"],
      apps: ["a waiting PodInitializing"], ready: "0/1", status: "Init:CrashLoopBackOff",
      restarts: "2 (5s ago)"),
    Case(
      phase: .failed, initial: ["i 1 Error"], apps: ["a waiting PodInitializing"], ready: "0/1",
      status: "Init:Error"),
    Case(
      phase: .failed, initial: ["i 2 -"], apps: ["a waiting PodInitializing"], ready: "0/1",
      status: "Init:ExitCode:2"),
    Case(
      phase: .running, initial: ["i 0 Completed x4@50"], apps: ["a running ready"],
      holds: ["Initialized"], ready: "1/1", status: "Running"),
    Case(
      phase: .running, initial: ["s running ready x1@7"], apps: ["a running ready"],
      sidecars: ["s"], holds: ["Initialized"], ready: "2/2", status: "Running",
      restarts: "1 (7s ago)"),
    Case(
      phase: .running, apps: ["a running ready"], isDeleted: true, ready: "1/1",
      status: "Terminating"),
    Case(
      phase: .succeeded, apps: ["a 0 Completed"], isDeleted: true, ready: "0/1",
      status: "Completed"),
  ]

  @Test(arguments: cases)
  func `kubectl's words for what a pod is doing`(_ example: Case) {
    let row = PodRow(Self.pod(example), now: Self.now)
    #expect(row.cells == ["web", example.ready, example.status, example.restarts, "8m53s"])
  }

  @Test func `the reason of the pod itself wins over its phase`() {
    var pod = Pod()
    pod.status = PodStatus().with {
      $0.phase = .failed
      $0.reason = "DeadlineExceeded"
    }
    #expect(PodRow(pod, now: Self.now).status == "DeadlineExceeded")
  }

  @Test func `columns are as wide as their widest word and three blanks`() {
    var first = Self.pod(
      Case(phase: .running, apps: ["a running ready"], ready: "", status: ""))
    first.metadata.namespace = "default"
    var second = Self.pod(
      Case(phase: .pending, apps: ["a waiting ContainerCreating"], ready: "", status: ""))
    second.metadata.name = "a-longer-name"
    second.metadata.namespace = "kube-system"
    #expect(
      Self.table(TableColumns(), [first, second])
        == """
        NAME            READY   STATUS              RESTARTS   AGE
        web             1/1     Running             0          8m53s
        a-longer-name   0/1     ContainerCreating   0          8m53s

        """)
    let wide = Self.table(TableColumns(isWide: true, withNamespace: true), [first])
    #expect(
      wide == """
        NAMESPACE   NAME   READY   STATUS    RESTARTS   AGE     IP       NODE     NOMINATED NODE   READINESS GATES
        default     web    1/1     Running   0          8m53s   <none>   <none>   <none>           <none>

        """)
  }

  private static func table(_ columns: TableColumns, _ pods: [Pod]) -> String {
    let host = HostPaths(root: "/", state: "/", environment: [:], isRoot: true)
    let rows = pods.map { pod in
      let stored = StoredPod(pod: pod, paths: host.pod(uid: ""))
      return columns.row(Resource(.pod(stored, pod)), now: now)
    }
    return GrowingTable().text([columns.header(.pod)] + rows)
  }

  @Test func `readiness gates count when their condition holds`() {
    var pod = Self.pod(
      Case(phase: .running, apps: ["a running ready"], holds: ["one"], ready: "", status: ""))
    pod.spec.readinessGates = ["one", "two"].map { name in
      PodReadinessGate().with { $0.conditionType = name }
    }
    #expect(PodRow(pod, now: Self.now).readinessGates == "1/2")
  }
}

@Suite("Age")
struct CommandsAgeTests {
  /// From the tests of apimachinery's `HumanDuration`.
  @Test(arguments: [
    (-2, "<invalid>"), (-1, "0s"), (0, "0s"), (1, "1s"), (70, "70s"), (119, "119s"), (120, "2m"),
    (190, "3m10s"), (600, "10m"), (2820, "47m"), (3600, "60m"), (10800, "3h"), (13320, "3h42m"),
    (28800, "8h"), (172_799, "47h"), (172_800, "2d"), (176_400, "2d1h"), (691_200, "8d"),
    (2_160_000, "25d"), (31_536_000, "365d"), (63_072_000, "2y"), (63_158_400, "2y1d"),
    (252_288_000, "8y"), (315_360_000, "10y"),
  ])
  func `an age is short and no more exact than anybody wants to know`(
    _ seconds: Int64, _ text: String
  ) {
    #expect(Age.text(seconds: seconds) == text)
  }

  @Test func `a time that is not there or no time is not known`() {
    let now = Timestamp(seconds: 1000)
    #expect(Age.text(since: nil, now: now) == "<unknown>")
    #expect(Age.text(since: "yesterday", now: now) == "<unknown>")
    #expect(Age.text(since: Timestamp(seconds: 970).description, now: now) == "30s")
  }
}
