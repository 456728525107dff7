extension PodSpec {
  /// The fields that say what runs on the host.
  static let running: [Field<PodSpec>] = [
    Field("containers", \.containers, "The containers of the pod; at least one."),
    Field("initContainers", \.initContainers, "Containers that run one by one before the others."),
    Field("ephemeralContainers", \.ephemeralContainers, "Containers added to look inside."),
    Field("volumes", \.volumes, "Directories that the containers can mount."),
    Field("restartPolicy", \.restartPolicy, "Whether containers that ended are started again."),
    Field(
      "terminationGracePeriodSeconds", \.terminationGracePeriodSeconds,
      "Seconds that the containers get to end by themselves."),
    Field("activeDeadlineSeconds", \.activeDeadlineSeconds, "Seconds after which the pod fails."),
    Field("hostNetwork", \.hostNetwork, "Use the host's network instead of one for the pod."),
    Field("hostPID", \.hostPID, "Use the host's process IDs."),
    Field("hostIPC", \.hostIPC, "Use the host's shared memory and semaphores."),
    .later("hostUsers", \.hostUsers, "Use the host's user IDs; false maps them.", unless: [true]),
    Field(
      "shareProcessNamespace", \.shareProcessNamespace,
      "Let the containers see each other's processes."),
    Field("hostname", \.hostname, "Host name inside the pod; the pod's name by default."),
    Field("subdomain", \.subdomain, "Domain below the namespace that the host name gets."),
    Field("setHostnameAsFQDN", \.setHostnameAsFQDN, "Make the full name the kernel's host name."),
    Field("hostnameOverride", \.hostnameOverride, "Host name that wins over every other rule."),
    Field("hostAliases", \.hostAliases, "Lines for the pod's /etc/hosts."),
    Field("dnsPolicy", \.dnsPolicy, "Where the pod's resolv.conf comes from."),
    Field("dnsConfig", \.dnsConfig, "What is added to the pod's resolv.conf."),
    Field("securityContext", \.securityContext, "Users, groups and limits for all containers."),
    .later("imagePullSecrets", \.imagePullSecrets, "Secrets with the passwords of registries."),
    Field("os", \.os, "Operating system that the pod is written for."),
    Field("nodeName", \.nodeName, "Name of the host that runs the pod."),
    Field("nodeSelector", \.nodeSelector, "Labels that the host must have."),
    Field("affinity", \.affinity, "Hosts and pods to be near to or far from."),
    Field(
      "enableServiceLinks", \.enableServiceLinks,
      "Variables for the services of the namespace; there are none here."),
    .later("runtimeClassName", \.runtimeClassName, "Class of the OCI runtime to use."),
    Field("readinessGates", \.readinessGates, "Further conditions of being ready."),
    Field("overhead", \.overhead, "Resources that the sandbox itself takes."),
    Field("resources", \.resources, "Requests and limits of the pod as a whole."),
  ]

  /// The fields that say where in a cluster the pod goes.
  static let placed: [Field<PodSpec>] = [
    .cluster(
      "serviceAccountName", \.serviceAccountName, "Account that the pod acts for.",
      unless: ["default"]),
    .cluster(
      "serviceAccount", \.serviceAccount, "Old name of serviceAccountName.", unless: ["default"]),
    .cluster(
      "automountServiceAccountToken", \.automountServiceAccountToken,
      "Whether the account's token is mounted.", unless: [false]),
    .cluster(
      "schedulerName", \.schedulerName, "Scheduler that finds the host.",
      unless: ["default-scheduler"]),
    .cluster("priorityClassName", \.priorityClassName, "Class that gives the priority."),
    .cluster("priority", \.priority, "Which pods go first when room is short.", unless: [0]),
    .cluster(
      "preemptionPolicy", \.preemptionPolicy, "Whether pods of lower priority are driven out.",
      unless: ["PreemptLowerPriority"]),
    .cluster("tolerations", \.tolerations, "Taints of hosts that do not matter."),
    .cluster(
      "topologySpreadConstraints", \.topologySpreadConstraints,
      "How pods spread over zones and hosts."),
    .cluster("schedulingGates", \.schedulingGates, "What must be removed before scheduling."),
    .cluster("schedulingGroup", \.schedulingGroup, "Pods that are scheduled together."),
    .cluster("resourceClaims", \.resourceClaims, "Devices that the cluster hands out."),
  ]
}
