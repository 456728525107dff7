import Glibc
import PodModel

/// `podshim delete`: stops pods and takes away what is left of them.
enum DeleteCommand {
  static let gracePeriod = Flag(
    "grace-period", nil, .text("SECONDS"),
    "Between the stop signal and SIGKILL (default: the pod's)")
  static let now = Flag("now", nil, "The same as --grace-period 1")
  static let force = Flag("force", nil, "Do not wait for the containers' own end")
  static let wait = Flag("wait", nil, "Return when the pods are gone (default: true)")
  static let all = Flag("all", nil, "All pods of the namespace")
  static let ignoreNotFound = Flag("ignore-not-found", nil, "A pod that is not there is no error")

  static func run(_ invocation: Invocation) throws -> CInt {
    let world = try World(invocation)
    let grace = try grace(invocation)
    var errors: [any Error] = []
    let pods = try targets(invocation, world, &errors)
    var deletions: [PodDeletion] = []
    for pod in pods {
      do {
        let deletion = PodDeletion(pod, grace: grace, world: world)
        try deletion.ask()
        deletions.append(deletion)
        let how = invocation.isOn(force) ? "force deleted" : "deleted"
        try Output.print("pod \"\(pod.name)\" \(how)")
      } catch {
        errors.append(error)
      }
    }
    if invocation.isOn(wait, otherwise: true) {
      for deletion in deletions { try deletion.wait() }
    }
    guard errors.isEmpty else { throw CommandErrors(errors: errors) }
    return 0
  }

  /// Seconds; nil is the pod's own.
  private static func grace(_ invocation: Invocation) throws -> Int? {
    let seconds = try invocation.integer(gracePeriod)
    if invocation.isOn(now) {
      guard seconds == nil else {
        throw invocation.usage("--now and --grace-period cannot be specified together")
      }
      return 1
    }
    if invocation.isOn(force) {
      guard seconds ?? 0 == 0 else {
        throw invocation.usage(
          "--force and --grace-period greater than 0 cannot be specified together")
      }
      return 0
    }
    // As kubectl: -1 is the pod's own grace, and nobody is killed at once without --force.
    return seconds.flatMap { $0 < 0 ? nil : max(1, $0) }
  }

  /// The pods that the command line names; those that are not there become errors.
  private static func targets(
    _ invocation: Invocation, _ world: World, _ errors: inout [any Error]
  ) throws -> [StoredPod] {
    let store = PodStore(world)
    let names = try PodNames.afterType(invocation)
    var wanted = names.map { (namespace: world.namespace, name: $0) }
    if invocation.isGiven(.file) {
      guard invocation.operands.isEmpty else {
        throw invocation.usage("names and -f cannot be specified together")
      }
      let pods = try ManifestFiles.pods(invocation, world: world, warns: false)
      wanted = pods.map { ($0.metadata.namespace ?? "default", $0.metadata.name) }
    } else if invocation.isOn(all) {
      guard names.isEmpty, !invocation.operands.isEmpty else {
        throw invocation.usage("--all stands for the names: write delete pods --all")
      }
      return try store.pods(in: world.namespace)
    } else if names.isEmpty {
      throw invocation.usage("resource(s) were provided, but no name was specified")
    }
    return wanted.compactMap { namespace, name in
      do {
        return try store.pod(name, in: namespace)
      } catch {
        if !invocation.isOn(ignoreNotFound) { errors.append(error) }
        return nil
      }
    }
  }
}
