/// What a pod shall be: its containers, its volumes and the rules that hold for all of them.
public struct PodSpec: KubeObject {
  public var containers: [Container] = []
  public var initContainers: [Container] = []
  public var ephemeralContainers: [EphemeralContainer] = []
  public var volumes: [Volume] = []
  public var restartPolicy: RestartPolicy?
  public var terminationGracePeriodSeconds: Int?
  public var activeDeadlineSeconds: Int?
  public var hostNetwork: Bool?
  public var hostPID: Bool?
  public var hostIPC: Bool?
  public var hostUsers: Bool?
  public var shareProcessNamespace: Bool?
  public var hostname: String?
  public var subdomain: String?
  public var setHostnameAsFQDN: Bool?
  public var hostnameOverride: String?
  public var hostAliases: [HostAlias] = []
  public var dnsPolicy: DNSPolicy?
  public var dnsConfig: PodDNSConfig?
  public var securityContext: PodSecurityContext?
  public var imagePullSecrets: [LocalObjectReference] = []
  public var os: PodOS?
  public var nodeName: String?
  public var nodeSelector: [String: String] = [:]
  public var affinity: Affinity?
  public var enableServiceLinks: Bool?
  public var runtimeClassName: String?
  public var readinessGates: [PodReadinessGate] = []
  public var overhead: [String: Quantity] = [:]
  public var resources: ResourceRequirements?
  public var serviceAccountName: String?
  public var serviceAccount: String?
  public var automountServiceAccountToken: Bool?
  public var schedulerName: String?
  public var priorityClassName: String?
  public var priority: Int?
  public var preemptionPolicy: String?
  public var tolerations: [Toleration] = []
  public var topologySpreadConstraints: [Node] = []
  public var schedulingGates: [Node] = []
  public var schedulingGroup: Node?
  public var resourceClaims: [Node] = []

  public init() {}

  public static let fields = running + placed
}

/// A line of the pod's `/etc/hosts`.
public struct HostAlias: KubeObject {
  public var ip = ""
  public var hostnames: [String] = []

  public init() {}

  public static let fields: [Field<HostAlias>] = [
    Field("ip", \.ip, "IPv4 or IPv6 address that the line begins with."),
    Field("hostnames", \.hostnames, "Names that stand for the address."),
  ]
}

/// What is added to the `resolv.conf` that the DNS policy gives.
public struct PodDNSConfig: KubeObject {
  public var nameservers: [String] = []
  public var searches: [String] = []
  public var options: [PodDNSConfigOption] = []

  public init() {}

  public static let fields: [Field<PodDNSConfig>] = [
    Field(
      "nameservers", \.nameservers,
      "Addresses of DNS servers, at most three; they stand behind those of the dnsPolicy."),
    Field(
      "searches", \.searches,
      "Domains to try for short names, at most 32 and 2048 characters."),
    Field(
      "options", \.options,
      "Options of the resolver; one of the same name takes the place of the policy's."),
  ]
}

/// One resolver option: `ndots` with the value `2`, or a bare name.
public struct PodDNSConfigOption: KubeObject {
  public var name = ""
  public var value: String?

  public init() {}

  public static let fields: [Field<PodDNSConfigOption>] = [
    Field("name", \.name, "Name of the option, `ndots` for instance."),
    Field(
      "value", \.value,
      "Value of the option; left out for one that is only on or off."),
  ]
}

/// The operating system that the pod is written for.
public struct PodOS: KubeObject {
  public var name = ""

  public init() {}

  public static let fields: [Field<PodOS>] = [
    Field(
      "name", \.name,
      """
      The operating system; only `linux` runs here. `lifecycle.stopSignal` needs it to be \
      said.
      """)
  ]
}

/// A condition that must also hold before the pod counts as ready.
public struct PodReadinessGate: KubeObject {
  public var conditionType = ""

  public init() {}

  public static let fields: [Field<PodReadinessGate>] = [
    Field("conditionType", \.conditionType, "Name of the condition in the pod's status.")
  ]
}

/// The name of another object in the same namespace.
public struct LocalObjectReference: KubeObject {
  public var name = ""

  public init() {}

  public static let fields: [Field<LocalObjectReference>] = [
    Field("name", \.name, "Name of the object, in the namespace of the pod.")
  ]
}
