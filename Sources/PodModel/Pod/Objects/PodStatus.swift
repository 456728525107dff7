/// What is known of a pod: its phase, its addresses, its containers.
public struct PodStatus: KubeObject {
  public var phase: PodPhase?
  public var conditions: [PodCondition] = []
  public var reason: String?
  public var message: String?
  public var startTime: String?
  public var hostIP: String?
  public var hostIPs: [PodIP] = []
  public var podIP: String?
  public var podIPs: [PodIP] = []
  public var initContainerStatuses: [ContainerStatus] = []
  public var containerStatuses: [ContainerStatus] = []
  public var ephemeralContainerStatuses: [ContainerStatus] = []
  public var qosClass: QOSClass?
  public var observedGeneration: Int?
  public var resources: ResourceRequirements?
  public var allocatedResources: [String: Quantity] = [:]
  public var nominatedNodeName: String?
  public var resize: String?
  public var resourceClaimStatuses: [Node] = []
  public var extendedResourceClaimStatus: Node?
  public var nodeAllocatableResourceClaimStatuses: [Node] = []

  public init() {}

  public static let fields: [Field<PodStatus>] = [
    Field("phase", \.phase, "Where the pod is in its life."),
    Field("conditions", \.conditions, "What holds of the pod and since when."),
    Field("reason", \.reason, "Why the pod is in its phase, in one word."),
    Field("message", \.message, "Why the pod is in its phase, in a sentence."),
    Field("startTime", \.startTime, "When the pod was first taken up."),
    Field("hostIP", \.hostIP, "Address of the host."),
    Field("hostIPs", \.hostIPs, "Addresses of the host."),
    Field("podIP", \.podIP, "Address of the pod."),
    Field("podIPs", \.podIPs, "Addresses of the pod."),
    Field("initContainerStatuses", \.initContainerStatuses, "The init containers, in order."),
    Field("containerStatuses", \.containerStatuses, "The containers, by name."),
    Field(
      "ephemeralContainerStatuses", \.ephemeralContainerStatuses, "The containers added later."),
    Field("qosClass", \.qosClass, "How well the pod is protected when memory is short."),
    Field("observedGeneration", \.observedGeneration, "The spec that this status is about."),
    Field("resources", \.resources, "Resources of the pod as set."),
    Field("allocatedResources", \.allocatedResources, "Resources of the pod as granted."),
    Field("nominatedNodeName", \.nominatedNodeName, "Host that is being cleared for the pod."),
    Field("resize", \.resize, "No longer filled by any server."),
    Field("resourceClaimStatuses", \.resourceClaimStatuses, "Claims made for the pod."),
    Field(
      "extendedResourceClaimStatus", \.extendedResourceClaimStatus,
      "Claim made for extended resources."),
    Field(
      "nodeAllocatableResourceClaimStatuses", \.nodeAllocatableResourceClaimStatuses,
      "Claims that the host's own resources answer."),
  ]
}

/// An address.
public struct PodIP: KubeObject {
  public var ip = ""

  public init() {}
  public init(_ ip: String) { self.ip = ip }

  public static let fields: [Field<PodIP>] = [Field("ip", \.ip, "The address.")]
}

/// One thing that holds of a pod, does not hold, or is not known.
public struct PodCondition: KubeObject {
  public var type = ""
  public var status: ConditionStatus = .unknown
  public var reason: String?
  public var message: String?
  public var lastProbeTime: String?
  public var lastTransitionTime: String?
  public var observedGeneration: Int?

  public init() {}

  public static let fields: [Field<PodCondition>] = [
    Field("type", \.type, "Name of the condition."),
    Field("status", \.status, "Whether it holds."),
    Field("reason", \.reason, "Why, in one word."),
    Field("message", \.message, "Why, in a sentence."),
    Field("lastProbeTime", \.lastProbeTime, "When it was last looked at."),
    Field("lastTransitionTime", \.lastTransitionTime, "When it last changed."),
    Field("observedGeneration", \.observedGeneration, "The spec that it is about."),
  ]
}
