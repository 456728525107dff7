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
    Field("phase", \.phase, "Where the pod is in its life, in one word."),
    Field(
      "conditions", \.conditions,
      "What holds of the pod, `Ready` for instance, and since when."),
    Field(
      "reason", \.reason,
      "Why the pod is in its phase, in one word, `DeadlineExceeded` for instance."),
    Field("message", \.message, "Why the pod is in its phase, in a sentence."),
    Field("startTime", \.startTime, "When the pod was first taken up, in UTC."),
    Field("hostIP", \.hostIP, "Address of the host."),
    Field("hostIPs", \.hostIPs, "Addresses of the host, at most one of each family."),
    Field("podIP", \.podIP, "Address of the pod."),
    Field("podIPs", \.podIPs, "Addresses of the pod, at most one of each family."),
    Field(
      "initContainerStatuses", \.initContainerStatuses,
      "The init containers, in the order in which they run."),
    Field("containerStatuses", \.containerStatuses, "The containers, by name."),
    Field(
      "ephemeralContainerStatuses", \.ephemeralContainerStatuses,
      "The containers that `debug` added."),
    Field(
      "qosClass", \.qosClass,
      """
      How well the pod is protected when memory is short; it follows from requests and \
      limits.
      """),
    Field(
      "observedGeneration", \.observedGeneration,
      "The `metadata.generation` that this status is about."),
    Field(
      "resources", \.resources,
      "Requests and limits of the pod as a whole, as they are set now."),
    Field(
      "allocatedResources", \.allocatedResources,
      "Requests of the pod as a whole, as they were granted."),
    Field(
      "nominatedNodeName", \.nominatedNodeName,
      "Host that a cluster clears for the pod."),
    Field(
      "resize", \.resize,
      """
      State of a change of resources in old versions of the API; no server fills it any \
      more.
      """),
    Field(
      "resourceClaimStatuses", \.resourceClaimStatuses,
      "Claims that a cluster made for the pod."),
    Field(
      "extendedResourceClaimStatus", \.extendedResourceClaimStatus,
      "Claim that a cluster made for extended resources of the pod."),
    Field(
      "nodeAllocatableResourceClaimStatuses", \.nodeAllocatableResourceClaimStatuses,
      "Claims of the pod that the host's own resources answer."),
  ]
}

/// An address.
public struct PodIP: KubeObject {
  public var ip = ""

  public init() {}
  public init(_ ip: String) { self.ip = ip }

  public static let fields: [Field<PodIP>] = [Field("ip", \.ip, "The address, IPv4 or IPv6.")]
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
    Field(
      "type", \.type,
      """
      Name of the condition: `PodScheduled`, `Initialized`, `ContainersReady`, `Ready` and \
      others.
      """),
    Field("status", \.status, "Whether it holds."),
    Field("reason", \.reason, "Why, in one word."),
    Field("message", \.message, "Why, in a sentence."),
    Field(
      "lastProbeTime", \.lastProbeTime,
      "When it was last looked at; podshim leaves it out."),
    Field(
      "lastTransitionTime", \.lastTransitionTime,
      "When it last became what it is, in UTC."),
    Field(
      "observedGeneration", \.observedGeneration,
      "The `metadata.generation` that it is about."),
  ]
}
