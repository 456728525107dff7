import Glibc
import PodModel

/// `podshim logs`: what containers printed, as they printed it.
enum LogsCommand {
  static let follow = Flag("follow", "f", "Go on with what comes until the container ends for good")
  static let tail = Flag(
    "tail", nil, .text("LINES"), "Only so many of the last lines (default: all; with -l 10)")
  static let previous = Flag("previous", "p", "The run before the present one")
  static let allContainers = Flag("all-containers", nil, "Every container of the pod")
  static let prefix = Flag("prefix", nil, "Begin each line with its pod and container")
  static let since = Flag("since", nil, .text("DURATION"), "Nothing older than 5s, 2m or 3h")
  static let sinceTime = Flag(
    "since-time", nil, .text("TIME"), "Nothing older than this time (RFC 3339)")
  static let timestamps = Flag("timestamps", nil, "Begin each line with its time")
  static let limitBytes = Flag("limit-bytes", nil, .text("BYTES"), "At most so many bytes")
  static let maxRequests = Flag(
    "max-log-requests", nil, .text("COUNT"), "With -f: at most so many containers (default: 5)")
  static let ignoreErrors = Flag(
    "ignore-errors", nil, "Show what goes wrong among the lines, and go on")
  static let podRunningTimeout = Flag(
    "pod-running-timeout", nil, .text("DURATION"),
    "Taken for kubectl's sake: pods are named, so none is waited for", isHidden: true)
  static let flags: [Flag] = [
    .container, ResourceQuery.selector, allContainers, follow, previous, tail, since, sinceTime,
    timestamps, limitBytes,
    prefix, maxRequests, ignoreErrors, podRunningTimeout,
  ]

  static func run(_ invocation: Invocation) throws -> CInt {
    let world = try World(invocation)
    let view = try view(invocation, now: Clock.wall())
    let most = try invocation.integer(maxRequests) ?? 5
    try checkTimeout(invocation)
    let sources = try sources(invocation, world)
    if sources.isEmpty {
      Output.complainOfNothing(in: world.namespace)
      return 0
    }
    let previous = invocation.isOn(previous)
    let session = LogSession(
      sources, view: view, hasPrefix: invocation.isOn(prefix), previous: previous,
      ignoresErrors: invocation.isOn(ignoreErrors))
    // What nobody keeps grows no more, and after a reboot there is nothing to watch.
    let isKept = sources.contains { Files.exists($0.pod.paths.state) }
    guard invocation.isOn(follow), !previous, isKept else {
      try session.show()
      return 0
    }
    guard sources.count <= most else {
      throw CommandError(
        "you are attempting to follow \(sources.count) log streams, but maximum allowed "
          + "concurrency is \(most), use --max-log-requests to increase the limit")
    }
    try session.follow()
    return 0
  }

  /// The containers that the command line means.
  private static func sources(_ invocation: Invocation, _ world: World) throws -> [LogSource] {
    var container = invocation.text(.container)
    if invocation.operands.count == 2 {
      guard container == nil else {
        throw CommandError("only one of -c or an inline [CONTAINER] arg is allowed")
      }
      container = invocation.operands[1]
    }
    if let container, invocation.isOn(allContainers) {
      throw CommandError(
        "--all-containers=true should not be specified with container name \(container)")
    }
    return try pods(invocation, world).flatMap { pod in
      let names =
        invocation.isOn(allContainers)
        ? pod.pod.spec.allContainers.map(\.name)
        : [try ContainerChoice.forLogs(of: pod.pod, named: container)]
      return names.map { LogSource(pod: pod, container: $0) }
    }
  }

  private static func pods(_ invocation: Invocation, _ world: World) throws -> [StoredPod] {
    let store = PodStore(world)
    guard invocation.isGiven(ResourceQuery.selector) else {
      guard !invocation.operands.isEmpty else {
        throw invocation.usage("POD or TYPE/NAME is a required argument for the logs command")
      }
      return [try store.pod(PodNames.single(invocation), in: world.namespace)]
    }
    guard invocation.operands.isEmpty else {
      throw invocation.usage("only a selector (-l) or a POD name is allowed")
    }
    let (labels, _) = try ResourceQuery.selectors(invocation)
    return try store.pods(in: world.namespace).filter { labels.selects($0.pod.metadata.labels) }
  }

  /// What of each log is wanted.
  static func view(_ invocation: Invocation, now: Duration) throws -> LogView {
    var view = LogView()
    // As kubectl: of many pods the end is enough, unless more is asked for.
    let last =
      try invocation.integer(tail) ?? (invocation.isGiven(ResourceQuery.selector) ? 10 : -1)
    guard last >= -1 else { throw CommandError("--tail must be greater than or equal to -1") }
    view.tail = last < 0 ? nil : last
    let limit = try invocation.integer(limitBytes) ?? 0
    guard limit >= 0 else { throw CommandError("--limit-bytes must be greater than 0") }
    view.limit = limit == 0 ? nil : limit
    view.hasTimes = invocation.isOn(timestamps)
    view.since = try begin(invocation, now: now)
    return view
  }

  /// Time since 1970 before which nothing is shown.
  private static func begin(_ invocation: Invocation, now: Duration) throws -> Duration? {
    let past = try invocation.duration(since) ?? .zero
    guard past >= .zero else { throw CommandError("--since must be greater than 0") }
    guard let text = invocation.text(sinceTime) else { return past == .zero ? nil : now - past }
    guard past == .zero else {
      throw CommandError("at most one of `sinceTime` or `sinceSeconds` may be specified")
    }
    guard let moment = Timestamp.wall(rfc3339: text.utf8) else {
      throw CommandError(
        "--since-time \(text.quoted) is no time: write it as 2024-05-06T07:08:09Z")
    }
    return moment
  }

  private static func checkTimeout(_ invocation: Invocation) throws {
    guard try invocation.duration(podRunningTimeout) ?? .seconds(20) > .zero else {
      throw CommandError("--pod-running-timeout must be higher than zero")
    }
  }
}
