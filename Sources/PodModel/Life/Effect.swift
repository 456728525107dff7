/// What a life wants done in the world, in the order in which it wants it begun.
///
/// Every effect but `signal`, `report` and `finish` is answered by an event of the same run.
public enum Effect: Codable, Equatable, Sendable {
  /// Answered by `sandboxStarted`, `sandboxFailed` or `volumesFailed`.
  case startSandbox(run: Int)
  /// End pause and take everything of the sandbox away; answered by `sandboxRemoved`.
  case removeSandbox(run: Int)

  /// Find or pull the image, lay out the bundle, have the runtime make it; `created` or `failed`.
  case create(Instance)
  /// Have the runtime start it; `started` or `failed`, and `exited` when it ends.
  case start(Instance)
  case signal(Instance, StopSignal)
  /// Answered by `hooked`, and not at all when the container ends before.
  case hook(Instance, Hook)
  /// Answered by `probed`, and not at all when the container ends before.
  case probe(Instance, ProbeKind)
  /// Give it the resources that its manifest has by now; answered by `resized`.
  case resize(Instance)
  /// Take away what the runtime and the bundle left; answered by `removed`.
  case remove(Instance)

  case report(Note)
  /// Nothing of the pod runs any more. The supervisor may go; with `deleted` the records go too.
  case finish(deleted: Bool)
}

/// Which signal ends a container.
public enum StopSignal: String, Codable, Sendable {
  /// The container's `lifecycle.stopSignal`, else the image's STOPSIGNAL, else SIGTERM.
  case stop
  case kill
}

/// A line of the pod's history: what Kubernetes calls an Event.
public struct Note: Codable, Equatable, Sendable {
  public var type: NoteType
  /// The kubelet's word: `Started`, `Killing`, `BackOff`, …
  public var reason: String
  public var message: String
  /// The container that it is about; nil for the pod.
  public var container: String?

  public init(_ type: NoteType, _ reason: String, _ message: String, container: String? = nil) {
    self.type = type
    self.reason = reason
    self.message = message
    self.container = container
  }

  public enum NoteType: String, Codable, Sendable {
    case normal = "Normal"
    case warning = "Warning"
  }
}

extension Effect: CustomStringConvertible {
  /// One line, as transcripts write it.
  public var description: String {
    switch self {
    case .startSandbox(let run): "startSandbox \(run)"
    case .removeSandbox(let run): "removeSandbox \(run)"
    case .create(let instance): "create \(instance)"
    case .start(let instance): "start \(instance)"
    case .signal(let instance, let signal): "signal \(instance) \(signal.rawValue)"
    case .hook(let instance, let hook): "hook \(instance) \(hook.rawValue)"
    case .probe(let instance, let kind): "probe \(instance) \(kind.rawValue)"
    case .resize(let instance): "resize \(instance)"
    case .remove(let instance): "remove \(instance)"
    case .report(let note): "report \(note.reason): \(note.message)"
    case .finish(let deleted): deleted ? "finish deleted" : "finish"
    }
  }
}
