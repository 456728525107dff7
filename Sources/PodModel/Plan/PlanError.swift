/// Why a bundle cannot be planned: what the pod's status and events say about it.
public struct PlanError: Error, Hashable, Sendable {
  /// The kubelet's word: `CreateContainerConfigError` when the manifest is to blame,
  /// `CreateContainerError` when it does not fit the image, `FailedMount` for a volume,
  /// `FailedCreatePodSandBox` for the pod as a whole.
  public var reason: String
  public var message: String

  init(_ reason: String, _ message: String) {
    self.reason = reason
    self.message = message
  }

  static func configuration(_ message: String) -> PlanError {
    PlanError("CreateContainerConfigError", message)
  }

  static func sandbox(_ message: String) -> PlanError {
    PlanError("FailedCreatePodSandBox", message)
  }

  static func mount(_ message: String) -> PlanError {
    PlanError("FailedMount", message)
  }

  static func creation(_ message: String) -> PlanError {
    PlanError("CreateContainerError", message)
  }
}

extension PlanError: CustomStringConvertible {
  public var description: String { "\(reason): \(message)" }
}
