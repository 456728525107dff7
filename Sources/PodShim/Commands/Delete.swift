import Glibc
import PodModel

/// `podshim delete`: stops pods and takes away what is left of them; removes other objects.
enum DeleteCommand {
  static let gracePeriod = Flag(
    "grace-period", nil, .text("SECONDS"),
    "Between the stop signal and SIGKILL (default: the pod's)")
  static let now = Flag("now", nil, "The same as --grace-period 1")
  static let force = Flag("force", nil, "Do not wait for the containers' own end")
  static let wait = Flag("wait", nil, "Return when the pods are gone (default: true)")
  static let all = Flag("all", nil, "Everything of the kind in the namespace")
  static let ignoreNotFound = Flag("ignore-not-found", nil, "What is not there is no error")

  static func run(_ invocation: Invocation) throws -> CInt {
    let world = try World(invocation)
    let grace = try grace(invocation)
    let how = invocation.isOn(force) ? "force deleted" : "deleted"
    var deletions: [PodDeletion] = []
    var errors: [any Error] = []
    for target in try targets(invocation, world) {
      do {
        if let kind = Kind(target.kind) {
          try ObjectChange(world).remove(kind, target.name, in: target.namespace)
        } else {
          let pod = try PodStore(world).pod(target.name, in: target.namespace)
          let deletion = PodDeletion(pod, grace: grace, world: world)
          try deletion.ask()
          deletions.append(deletion)
        }
        try Output.print("\(target.kind.singular) \"\(target.name)\" \(how)")
      } catch let error as CommandError
        where error == .notFound(target.kind, target.name) && invocation.isOn(ignoreNotFound)
      {
        continue
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

  private struct Target {
    var kind: ResourceKind
    var namespace: String
    var name: String
  }

  private static let kinds = [ResourceKind.pod] + ResourceKind.stored

  /// What the command line names, or a manifest, or all of a kind.
  private static func targets(_ invocation: Invocation, _ world: World) throws -> [Target] {
    if invocation.isGiven(.file) {
      guard invocation.operands.isEmpty else {
        throw invocation.usage("names and -f cannot be specified together")
      }
      return try ManifestFiles.objects(invocation, world: world, warns: false).map {
        Target(kind: $0.resourceKind, namespace: $0.metadata.place, name: $0.metadata.name)
      }
    }
    guard !invocation.operands.isEmpty else {
      throw invocation.usage("resource(s) were provided, but no name was specified")
    }
    return try ResourceNames.readEach(invocation, among: kinds).flatMap { what in
      var names = what.names
      if invocation.isOn(all) {
        guard names.isEmpty else {
          throw invocation.usage("--all stands for the names: write delete pods --all")
        }
        names = try all(what.kind, world)
      } else if names.isEmpty {
        throw invocation.usage("resource(s) were provided, but no name was specified")
      }
      return names.map { Target(kind: what.kind, namespace: world.namespace, name: $0) }
    }
  }

  private static func all(_ kind: ResourceKind, _ world: World) throws -> [String] {
    guard let kind = Kind(kind) else {
      return try PodStore(world).pods(in: world.namespace).map(\.name)
    }
    return try ObjectStore(host: world.paths).names(of: kind, in: world.namespace)
  }
}
