extension PodSpec {
  /// The fields that say what runs on the host.
  static let running: [Field<PodSpec>] = [
    Field(
      "containers", \.containers,
      """
      The containers that run side by side once the init containers are through; at least \
      one.
      """
    ).required,
    Field(
      "initContainers", \.initContainers,
      """
      Containers that run before the others, one by one, each to its end. One with the \
      restartPolicy `Always` is a sidecar: it runs on beside the containers.
      """),
    Field(
      "ephemeralContainers", \.ephemeralContainers,
      """
      Containers that `debug` adds to a pod that runs, to look inside. A manifest cannot \
      have any.
      """),
    Field(
      "volumes", \.volumes,
      "Directories that containers of the pod can mount and share."),
    Field(
      "restartPolicy", \.restartPolicy,
      """
      Whether containers that ended are started again, with waits of 10 s that double up to \
      5 min; `Always` by default.
      """),
    Field(
      "terminationGracePeriodSeconds", \.terminationGracePeriodSeconds,
      """
      Seconds that the containers get between the signal to stop and the kill; 30 by \
      default. The preStop hooks run within them.
      """),
    Field(
      "activeDeadlineSeconds", \.activeDeadlineSeconds,
      """
      Seconds after which the pod is stopped and has failed, whatever it does; no limit by \
      default.
      """),
    Field(
      "hostNetwork", \.hostNetwork,
      """
      Use the host's network instead of a namespace of the pod's own; false by default. \
      Container ports then are ports of the host.
      """),
    Field("hostPID", \.hostPID, "See the processes of the host; false by default."),
    Field(
      "hostIPC", \.hostIPC,
      "Use the host's shared memory, semaphores and message queues; false by default."),
    Field(
      "hostUsers", \.hostUsers,
      """
      False gives the pod user IDs of its own, so that root inside is nobody outside; true \
      by default.
      """),
    Field(
      "shareProcessNamespace", \.shareProcessNamespace,
      "Let the containers see and signal each other's processes; false by default."),
    Field("hostname", \.hostname, "Host name inside the pod; the pod's name by default."),
    Field(
      "subdomain", \.subdomain,
      "Second part of the full name: `hostname.subdomain.namespace.svc.cluster.local`."),
    Field(
      "setHostnameAsFQDN", \.setHostnameAsFQDN,
      """
      Make the full name, with the subdomain, the kernel's host name, which holds 64 bytes; \
      false by default.
      """),
    Field(
      "hostnameOverride", \.hostnameOverride,
      """
      Host name that wins over `hostname`, `subdomain` and `setHostnameAsFQDN`; at most 64 \
      bytes.
      """),
    Field(
      "hostAliases", \.hostAliases,
      "Lines that are added to /etc/hosts of every container."),
    Field(
      "dnsPolicy", \.dnsPolicy,
      """
      Where /etc/resolv.conf comes from; `ClusterFirst` by default. Without a cluster that, \
      like `Default`, is the host's; `None` takes `dnsConfig` alone.
      """),
    Field(
      "dnsConfig", \.dnsConfig,
      "Servers, domains and options that are added to what the dnsPolicy gives."),
    Field(
      "securityContext", \.securityContext,
      """
      Users, groups and kernel settings that hold for all containers, unless one says \
      otherwise.
      """),
    Field(
      "imagePullSecrets", \.imagePullSecrets,
      """
      Secrets with the passwords of registries, for the images of this pod; those of its \
      ServiceAccount where it names none. This host's own count for all other registries.
      """),
    Field("os", \.os, "Operating system that the pod is written for."),
    Field(
      "nodeName", \.nodeName,
      """
      Name of the host that shall run the pod; any other host leaves it pending. Filled in \
      when the pod is taken up.
      """),
    Field(
      "nodeSelector", \.nodeSelector,
      """
      Labels that the host must have; `podshim label node` gives it some. The pod waits \
      until it has them.
      """),
    Field(
      "affinity", \.affinity,
      "What the host must be like, and which pods to be near to or far from."),
    Field(
      "enableServiceLinks", \.enableServiceLinks,
      """
      Variables for the services of the namespace, of which there are none here; true by \
      default.
      """),
    .later(
      "runtimeClassName", \.runtimeClassName,
      "Class of OCI runtime to run the pod with; the runtime of the command line by default."),
    Field(
      "readinessGates", \.readinessGates,
      "Conditions that others set, and that must be true before the pod counts as ready."),
    Field(
      "overhead", \.overhead,
      "Resources that the sandbox itself takes, on top of what the containers have."),
    Field(
      "resources", \.resources,
      """
      Requests and limits of the pod as a whole: CPU, memory and huge pages that its \
      containers share.
      """),
  ]

  /// The fields that say where in a cluster the pod goes.
  static let placed: [Field<PodSpec>] = [
    .cluster(
      "serviceAccountName", \.serviceAccountName,
      "Account that the pod acts for; `default` by default.",
      unless: ["default"]),
    .cluster(
      "serviceAccount", \.serviceAccount,
      "Old name of `serviceAccountName`, filled in with the same.", unless: ["default"]),
    .cluster(
      "automountServiceAccountToken", \.automountServiceAccountToken,
      "Whether containers get the account's token without asking for it.", unless: [false]),
    .cluster(
      "schedulerName", \.schedulerName,
      "Scheduler that finds a host for the pod; `default-scheduler` by default.",
      unless: ["default-scheduler"]),
    .cluster(
      "priorityClassName", \.priorityClassName,
      "Class that gives the pod its priority."),
    .cluster(
      "priority", \.priority,
      "Which pods go first when room is short: the ones with the lower number; 0 by default.",
      unless: [0]),
    .cluster(
      "preemptionPolicy", \.preemptionPolicy,
      """
      Whether pods of lower priority are driven out to make room: `PreemptLowerPriority`, \
      the default, or `Never`.
      """,
      unless: ["PreemptLowerPriority"]),
    .cluster("tolerations", \.tolerations, "Taints of hosts that do not keep this pod away."),
    .cluster(
      "topologySpreadConstraints", \.topologySpreadConstraints,
      "How pods of one kind spread over zones and hosts."),
    .cluster(
      "schedulingGates", \.schedulingGates,
      "What others must take away before the pod is scheduled."),
    .cluster(
      "schedulingGroup", \.schedulingGroup,
      "Pods that are scheduled together or not at all."),
    .cluster(
      "resourceClaims", \.resourceClaims,
      "Devices that the cluster hands out to the pod."),
  ]
}
