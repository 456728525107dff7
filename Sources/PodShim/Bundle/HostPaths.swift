import PodModel

/// Where everything of ours lies on this host, as `--root` and `--state` say.
///
/// Pure path arithmetic: the only place that knows the names of folders and files.
struct HostPaths: Equatable {
  /// What survives a reboot: images, admitted pods, their volumes.
  var root: String
  /// What a reboot takes away: bundles, journals, sockets, runtime records.
  var state: String
  /// CRI log files, `<ns>_<pod>_<uid>/<container>/<run>.log`.
  var logs: String

  /// The defaults of design: `/var/lib`, `/run`, `/var/log`; their XDG counterparts for a user.
  /// A `root` of one's own keeps the logs too, so that worlds can stand side by side.
  init(root: String?, state: String?, environment: [String: String], isRoot: Bool) {
    func home(_ variable: String, _ fallback: String) -> String {
      environment[variable].map { $0.isEmpty ? fallback : $0 } ?? fallback
    }
    let user = environment["HOME"] ?? "/tmp"
    if isRoot {
      self.root = root ?? "/var/lib/podshim"
      self.state = state ?? "/run/podshim"
      logs = root.map { $0 + "/log/pods" } ?? "/var/log/pods"
    } else {
      self.root = root ?? home("XDG_DATA_HOME", user + "/.local/share") + "/podshim"
      self.state = state ?? home("XDG_RUNTIME_DIR", user + "/.local/run") + "/podshim"
      logs =
        root.map { $0 + "/log/pods" }
        ?? home("XDG_STATE_HOME", user + "/.local/state") + "/podshim/log/pods"
    }
  }

  var pods: String { root + "/pods" }
  var podStates: String { state + "/pods" }

  /// A process that is in the namespaces of a user's pods.
  var namespaces: String { state + "/namespaces" }

  /// A folder for each namespace.
  var names: String { root + "/names" }
  /// A link from a pod's name to its uid; making it claims the name.
  func nameLink(namespace: String, name: String) -> String {
    "\(names)/\(namespace)/\(name)"
  }

  /// A link for each range of IDs that a pod has.
  var idRanges: String { root + "/id-ranges" }

  /// Our own bridge: which addresses it has, and a link for each that a pod has.
  var bridge: String { state + "/bridge" }

  /// What plugins of networks have still to take away.
  var pluginLeftovers: String { root + "/network-leftovers" }

  /// The filters of system calls that pods may name.
  var seccompProfiles: String { root + "/seccomp" }
  /// What a claim stands for: a directory that is made when a pod first asks for it, or whatever
  /// somebody has put or linked here.
  func claim(namespace: String, name: String) -> String { "\(root)/claims/\(namespace)/\(name)" }

  /// What pods refer to, a folder for each namespace and in it one for each kind.
  var objects: String { root + "/objects" }
  func objects(of kind: Kind, in namespace: String) -> String {
    "\(objects)/\(namespace)/\(ResourceKind(kind).plural)"
  }

  /// What only this host has to know.
  var keys: String { root + "/keys" }
  /// What the tokens of service accounts are signed with.
  var tokenKey: String { keys + "/service-account.key" }

  /// Where the records of one runtime lie, its `--root`.
  func runtimeRoot(_ runtime: String) -> String { state + "/" + runtime }

  func pod(uid: String) -> PodPaths { PodPaths(host: self, uid: uid) }
}

/// Where the parts of one pod lie.
struct PodPaths: Equatable {
  var host: HostPaths
  var uid: String

  var data: String { host.pods + "/" + uid }
  var state: String { host.podStates + "/" + uid }

  /// What its creator was told beside the manifest.
  var settings: String { data + "/settings.json" }
  /// The pod as admitted.
  var manifest: String { data + "/pod.json" }
  /// The same, of a pod that is being removed.
  var removed: String { data + "/removed.json" }
  /// Held while the pod as admitted is being changed.
  var changeLock: String { data + "/change.lock" }
  /// The first of the host's IDs that are the pod's, where it has its own.
  var idRange: String { data + "/id-range" }
  /// Which network the pod has, and what it was given there: it outlives the host's start, because
  /// plugins may keep records that do.
  var network: String { data + "/network.json" }
  var hosts: String { data + "/etc-hosts" }
  var resolvConf: String { data + "/resolv.conf" }
  var hostname: String { data + "/hostname" }
  /// The pod's network namespace, which has a name so that it can be cleared after pause is dead.
  var networkNamespace: String { state + "/network-namespace" }
  /// The pod's /dev/shm.
  var sharedMemory: String { state + "/shm" }
  /// A folder for each volume that is the pod's own.
  var volumes: String { data + "/volumes" }
  func volume(_ name: String) -> String { volumes + "/" + name }
  /// The writable layer and the termination message of one run.
  func writable(_ container: String, run: Int) -> String {
    "\(data)/containers/\(container)/\(run)"
  }

  /// The bundle of one run: of the next run another, which may be made while this one goes.
  func bundle(_ container: String, run: Int) -> String { "\(state)/bundles/\(container)/\(run)" }

  /// What the keeper writes: one line per ended process.
  var journal: String { state + "/journal" }
  /// What the supervisor writes: the life of the pod.
  var life: String { state + "/life.json" }
  /// The last one of a pod that has come to its end: it outlives the host's.
  var lastLife: String { data + "/life.json" }
  var events: String { state + "/events" }
  /// What its time line is drawn from.
  var timeline: String { state + "/timeline" }
  /// The supervisor's socket.
  var control: String { state + "/control" }
  /// Held by the keeper for as long as it lives.
  var lock: String { state + "/lock" }
  /// The path of the runtime that runs the pod.
  var runtime: String { state + "/runtime" }
  var supervisorLog: String { state + "/supervisor.log" }

  /// The parent of the containers' cgroups.
  var cgroup: String { "\(Cgroup.ofAllPods)/podshim-\(uid)" }
  /// What the runtime calls one run of one container.
  func containerID(_ container: String, run: Int) -> String { "\(uid)_\(container)_\(run)" }

  func logs(of pod: Pod) -> String {
    "\(host.logs)/\(pod.metadata.namespace ?? "default")_\(pod.metadata.name)_\(uid)"
  }
}
