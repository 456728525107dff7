/// The verbs for pods and for what they refer to.
extension CommandTable {
  static let pods = [
    create, apply, set, run, get, describe, explain, events, logsOf, exec, attach, portForward,
    debug, delete, resume, bundle,
  ]

  private static let create = Command(
    name: "create", group: .pods, synopsis: "-f FILE… | configmap NAME | secret TYPE NAME",
    operands: 0...(.max), summary: "Create the objects of a manifest, or one from files and values",
    description: """
      Pods, ConfigMaps, Secrets, ServiceAccounts and PodPresets. Reads every document first: with
      one mistake in any of them nothing is created. The pods start in the background; 'podshim get
      pods' shows how far they are. TYPE of a secret is generic, docker-registry or tls.
      """,
    examples: [
      "podshim create -f pod.yaml", "podshim create -f - < pod.json",
      "podshim create configmap site --from-literal=port=80 --from-file=conf.d",
      "podshim create secret generic keys --from-env-file=keys.env --dry-run=client -o yaml",
    ], flags: CreateCommand.flags, run: CreateCommand.run)

  private static let apply = Command(
    name: "apply", group: .pods, synopsis: "-f FILE…",
    summary: "Make objects what a manifest says, in place",
    description: """
      Creates what is not there. Of a pod that is there, only images, the deadline, labels and
      annotations may change; a container with another image begins again, and nothing else. Pods
      that read a ConfigMap or a Secret as files see the change at once.
      """,
    examples: ["podshim apply -f pod.yaml"], flags: [.file, .allowedUnsafeSysctls],
    run: ApplyCommand.run)

  private static let set = Command(
    name: "set", group: .pods, synopsis: "image pod/NAME… CONTAINER=IMAGE…", operands: 1...(.max),
    summary: "Give containers of a pod other images",
    description: "A container with another image begins again, and nothing else; * is every one.",
    examples: ["podshim set image pod/web nginx=nginx:1.27"], run: SetCommand.run)

  private static let run = Command(
    name: "run", group: .pods, synopsis: "-f FILE [--rm]",
    summary: "Run a pod in the foreground",
    description: """
      Creates the pod, shows what its containers print, and ends when it ends, with the exit status
      of the first container that failed. Ctrl-C stops the pod gracefully and deletes it; a second
      Ctrl-C does not wait.
      """,
    examples: ["podshim run -f pod.yaml --rm"],
    flags: [.file, RunCommand.remove, .allowedUnsafeSysctls], run: RunCommand.run)

  private static let resume = Command(
    name: "resume", group: .pods, synopsis: "",
    summary: "Keep all pods again after the host was started anew",
    description: """
      Pods that nobody keeps go on as their restartPolicy says: containers that ran count one
      restart more, init containers run again; a pod that is never restarted has failed.
      """,
    examples: ["podshim resume"], run: ResumeCommand.run)

  private static let get = Command(
    name: "get", group: .pods, synopsis: "TYPE [NAME…]", operands: 1...(.max),
    summary: "Show pods, what they refer to, what happened to them, or this host",
    description: """
      TYPE is one of pods, configmaps, secrets, serviceaccounts, podpresets, events, nodes.
      """,
    examples: [
      "podshim get pods", "podshim get pods -o wide -A", "podshim get pod web -o yaml",
      "podshim get nodes --show-labels",
    ],
    flags: [GetCommand.output, GetCommand.showLabels, .allNamespaces], run: GetCommand.run)

  private static let describe = Command(
    name: "describe", group: .pods, synopsis: "TYPE [NAME…]", operands: 1...(.max),
    summary: "Say everything about pods, what they refer to, or this host",
    description: """
      A name that no pod has stands for all pods whose names begin so. The values of a Secret are
      never shown.
      """,
    examples: ["podshim describe pod web", "podshim describe pods", "podshim describe node"],
    flags: [DescribeCommand.showEvents, .allNamespaces], run: DescribeCommand.run)

  private static let explain = Command(
    name: "explain", group: .pods, synopsis: "TYPE[.FIELD…] [--recursive]", operands: 1...1,
    summary: "Say what a field of a manifest is for",
    examples: [
      "podshim explain pod", "podshim explain pod.spec.containers.livenessProbe",
      "podshim explain configmap --recursive",
    ],
    flags: [ExplainCommand.recursive], run: ExplainCommand.run)

  private static let events = Command(
    name: "events", group: .pods, synopsis: "[--for pod/NAME]",
    summary: "Show what has happened to the pods",
    description: "What happened more than once is one line with its count, the newest last.",
    examples: ["podshim events --for pod/web", "podshim events -w --types=Warning"],
    flags: [
      EventsCommand.about, EventsCommand.types, EventsCommand.watch, EventsCommand.noHeaders,
      EventsCommand.output, .allNamespaces,
    ], run: EventsCommand.run)

  private static let logsOf = Command(
    name: "logs", group: .pods, synopsis: "POD [-c CONTAINER]", operands: 1...1,
    summary: "Show what a container printed",
    examples: ["podshim logs web", "podshim logs web -c nginx -f --tail 20"],
    flags: [.container, LogsCommand.follow, LogsCommand.tail, LogsCommand.previous],
    run: LogsCommand.run)

  private static let exec = Command(
    name: "exec", group: .pods, synopsis: "POD [-c CONTAINER] -- COMMAND [ARGUMENT…]",
    operands: 1...1, takesCommand: true, summary: "Run a command in a container",
    description: "The exit status is that of the command.",
    examples: ["podshim exec web -- nginx -t", "podshim exec -it web -c shell -- sh"],
    flags: [.container, .stdin, .tty], run: ExecCommand.run)

  private static let attach = Command(
    name: "attach", group: .pods, synopsis: "POD [-c CONTAINER]", operands: 1...1,
    summary: "Sit down at a container's terminal",
    description: """
      Shows what the container prints from now on and passes on what is typed. With a terminal,
      Ctrl-P Ctrl-Q leaves and lets the container run.
      """,
    examples: ["podshim attach -it web -c shell"],
    flags: [.container, .stdin, .tty], run: AttachCommand.run)

  private static let portForward = Command(
    name: "port-forward", group: .pods, synopsis: "POD [LOCAL:]REMOTE…", operands: 2...(.max),
    summary: "Have ports of this host lead into a pod",
    description: """
      For as long as it runs. REMOTE is a number or the name of a container's port; ':80' takes any
      port of this host that is free. Servers that listen on the pod's loopback alone are reached
      too.
      """,
    examples: ["podshim port-forward web 8888:80", "podshim port-forward pod/web :http"],
    flags: [PortForwardCommand.addresses], run: PortForwardCommand.run)

  private static let debug = Command(
    name: "debug", group: .pods, synopsis: "POD --image IMAGE [-it] [-- COMMAND…]",
    operands: 1...1, takesCommand: true, summary: "Add a container to a pod, to look inside",
    description: "It runs once and stays in the pod until that is deleted.",
    examples: ["podshim debug -it web --image busybox --target nginx -- sh"],
    flags: [
      DebugCommand.image, DebugCommand.target, .container, .stdin, .tty, DebugCommand.environment,
      DebugCommand.argumentsOnly, DebugCommand.pullPolicy, DebugCommand.attach, DebugCommand.quiet,
    ], run: DebugCommand.run)

  private static let delete = Command(
    name: "delete", group: .pods, synopsis: "TYPE NAME… | TYPE/NAME… | -f FILE",
    operands: 0...(.max),
    summary: "Stop pods and take away what is left of them; remove other objects",
    examples: [
      "podshim delete pod web", "podshim delete pod/web configmap/site",
      "podshim delete -f pod.yaml --grace-period 5",
    ],
    flags: [
      .file, DeleteCommand.gracePeriod, DeleteCommand.now, DeleteCommand.force,
      DeleteCommand.wait, DeleteCommand.all, DeleteCommand.ignoreNotFound,
    ], run: DeleteCommand.run)

  private static let bundle = Command(
    name: "bundle", group: .pods, synopsis: "-f FILE -o DIR",
    summary: "Write the OCI bundles of a pod and run nothing",
    description: """
      Each container gets DIR/POD/CONTAINER/config.json; DIR/POD/run.sh shows how the bundles are
      run by hand.
      """,
    examples: ["podshim bundle -f pod.yaml -o bundles"],
    flags: [.file, BundleCommand.output, BundleCommand.pausePID], run: BundleCommand.run)
}
