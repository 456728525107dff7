/// Whether containers that ended are started again.
public enum RestartPolicy: String, KubeEnum {
  case always = "Always"
  case onFailure = "OnFailure"
  case never = "Never"
}

/// Where the pod's `resolv.conf` comes from.
public enum DNSPolicy: String, KubeEnum {
  case clusterFirstWithHostNet = "ClusterFirstWithHostNet"
  case clusterFirst = "ClusterFirst"
  case `default` = "Default"
  /// `None`: nothing but what `dnsConfig` says.
  case configOnly = "None"
}

/// When an image is fetched.
public enum PullPolicy: String, KubeEnum {
  case always = "Always"
  case ifNotPresent = "IfNotPresent"
  case never = "Never"
}

/// Where the last words of a container are taken from.
public enum TerminationMessagePolicy: String, KubeEnum {
  case file = "File"
  case fallbackToLogsOnError = "FallbackToLogsOnError"
}

/// The transport of a port.
public enum PortProtocol: String, KubeEnum {
  case sctp = "SCTP"
  case tcp = "TCP"
  case udp = "UDP"
}

/// Restart policy of one container; `Always` on an init container makes it a sidecar.
public enum ContainerRestartPolicy: String, KubeEnum {
  case always = "Always"
  case never = "Never"
  case onFailure = "OnFailure"
}

/// Whether mounts made later show on the other side.
public enum MountPropagation: String, KubeEnum {
  case bidirectional = "Bidirectional"
  case hostToContainer = "HostToContainer"
  /// `None`: neither side sees the other's later mounts.
  case isolated = "None"
}

/// Whether a read-only mount holds for the mounts below it.
public enum RecursiveReadOnly: String, KubeEnum {
  case disabled = "Disabled"
  case enabled = "Enabled"
  case ifPossible = "IfPossible"
}

/// What must be at a host path, or is made there.
public enum HostPathType: String, KubeEnum {
  case unset = ""
  case blockDevice = "BlockDevice"
  case charDevice = "CharDevice"
  case directory = "Directory"
  case directoryOrCreate = "DirectoryOrCreate"
  case file = "File"
  case fileOrCreate = "FileOrCreate"
  case socket = "Socket"
}

/// The scheme of an HTTP probe.
public enum URIScheme: String, KubeEnum {
  case http = "HTTP"
  case https = "HTTPS"
}

/// Where a seccomp or AppArmor profile comes from.
public enum ProfileType: String, KubeEnum {
  case localhost = "Localhost"
  case runtimeDefault = "RuntimeDefault"
  case unconfined = "Unconfined"
}

/// What of `/proc` is hidden.
public enum ProcMount: String, KubeEnum {
  case `default` = "Default"
  case unmasked = "Unmasked"
}

/// Whether the image's own groups count.
public enum SupplementalGroupsPolicy: String, KubeEnum {
  case merge = "Merge"
  case strict = "Strict"
}

/// When volumes are given to the pod's group.
public enum FSGroupChangePolicy: String, KubeEnum {
  case always = "Always"
  case onRootMismatch = "OnRootMismatch"
}

/// How SELinux labels reach volumes.
public enum SELinuxChangePolicy: String, KubeEnum {
  case mountOption = "MountOption"
  case recursive = "Recursive"
}

/// Where a pod is in its life.
public enum PodPhase: String, KubeEnum {
  case pending = "Pending"
  case running = "Running"
  case succeeded = "Succeeded"
  case failed = "Failed"
  case unknown = "Unknown"
}

/// Whether a condition holds.
public enum ConditionStatus: String, KubeEnum {
  case `true` = "True"
  case `false` = "False"
  case unknown = "Unknown"
}

/// How well a pod is protected when memory is short.
public enum QOSClass: String, KubeEnum {
  case guaranteed = "Guaranteed"
  case burstable = "Burstable"
  case bestEffort = "BestEffort"
}
