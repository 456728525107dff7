/// The verbs for the containers of pods that run.
extension CommandTable {
  static let containers = [
    run, logsOf, exec, attach, cp, portForward, top, tree, timeline, debug,
  ]

  private static let run = Command(
    name: "run", group: .containers,
    synopsis: "NAME --image IMAGE [-it] [--rm] [-- ARGUMENT…] | -f FILE [--rm]",
    operands: 0...(.max), takesCommand: true,
    summary: "Run a container, or a pod in the foreground",
    description: """
      With NAME it makes a pod of one container, as kubectl does. With -i or --attach it sits down
      at the container, and ends with the container's exit status where the pod is not restarted.
      With -f it creates the pod of a manifest, shows what its containers print, and ends when it
      ends, with the exit status of the first container that failed. Ctrl-C stops that pod
      gracefully and deletes it; a second Ctrl-C does not wait.
      """,
    examples: [
      "podshim run web --image nginx --port 80",
      "podshim run -it --rm shell --image busybox --restart Never -- sh",
      "podshim run web --image nginx --dry-run=client -o yaml", "podshim run -f pod.yaml --rm",
    ],
    flags: RunCommand.flags, run: RunCommand.run)

  private static let logsOf = Command(
    name: "logs", group: .containers,
    synopsis: "[-f] [-p] POD|-l LABELS [-c CONTAINER | --all-containers]", operands: 0...2,
    summary: "Show what containers printed",
    description: """
      With -f it goes on from run to run of the container, and through the rotations of its log,
      until the container has ended for good.
      """,
    examples: [
      "podshim logs web", "podshim logs web -c nginx -f --tail 20",
      "podshim logs pod/web --all-containers --prefix --since 1h", "podshim logs -l app=web -f",
    ],
    flags: LogsCommand.flags, run: LogsCommand.run)

  private static let exec = Command(
    name: "exec", group: .containers, synopsis: "POD [-c CONTAINER] -- COMMAND [ARGUMENT…]",
    operands: 1...1, takesCommand: true, summary: "Run a command in a container",
    description: """
      The exit status is that of the command: 127 when the container has no such program, 126 when
      it may not be run. A container that is on its way is waited for.
      """,
    examples: ["podshim exec web -- nginx -t", "podshim exec -it web -c shell -- sh"],
    flags: [.container, .stdin, .tty, .quiet, ContainerWait.timeout], run: ExecCommand.run)

  private static let attach = Command(
    name: "attach", group: .containers, synopsis: "POD [-c CONTAINER]", operands: 1...1,
    summary: "Sit down at a container's terminal",
    description: """
      Shows what the container prints from now on and passes on what is typed. With a terminal,
      Ctrl-P Ctrl-Q leaves and lets the container run.
      """,
    examples: ["podshim attach -it web -c shell"],
    flags: [.container, .stdin, .tty, .quiet, ContainerWait.timeout], run: AttachCommand.run)

  private static let cp = Command(
    name: "cp", group: .containers, synopsis: "FILE POD:PATH | POD:PATH FILE", operands: 2...2,
    summary: "Copy files and folders into a container and out of it",
    description: """
      A pod of another namespace is NAMESPACE/POD. The container needs no tar: podshim packs and
      unpacks by itself, inside. Out of a container come no links.
      """,
    examples: [
      "podshim cp index.html web:/usr/share/nginx/html", "podshim cp web:/var/log ./log -c nginx",
    ],
    flags: [.container, CopyCommand.noPreserve, CopyCommand.retries], run: CopyCommand.run)

  private static let top = Command(
    name: "top", group: .containers, synopsis: "pods [NAME… | -l LABELS] | node",
    operands: 1...(.max), summary: "Show what pods use of processors and memory, now",
    description: """
      Processors are measured over a quarter of a second. Memory is the working set, as a kubelet
      counts it: what is used without the files that were not touched for a while.
      """,
    examples: [
      "podshim top pods", "podshim top pods --containers --sort-by cpu", "podshim top node",
    ],
    flags: TopCommand.flags, run: TopCommand.run)

  private static let portForward = Command(
    name: "port-forward", group: .containers, synopsis: "POD [LOCAL:]REMOTE…", operands: 2...(.max),
    summary: "Have ports of this host lead into a pod",
    description: """
      For as long as it runs. REMOTE is a number or the name of a container's port; ':80' takes any
      port of this host that is free. Servers that listen on the pod's loopback alone are reached
      too.
      """,
    examples: ["podshim port-forward web 8888:80", "podshim port-forward pod/web :http"],
    flags: [PortForwardCommand.addresses], run: PortForwardCommand.run)

  private static let tree = Command(
    name: "tree", group: .containers, synopsis: "POD", operands: 1...1,
    summary: "Show a pod's processes, and which namespaces they share",
    description: """
      A namespace is 'pod' where it is pause's and others have joined it, 'host' where it is the
      host's, 'own' where nobody shares it, and else that of the container which is named.
      """,
    examples: ["podshim tree web"], run: TreeCommand.run)

  private static let timeline = Command(
    name: "timeline", group: .containers, synopsis: "POD [-o svg]", operands: 1...1,
    summary: "Draw the life of a pod: every run of every container, as bars",
    description: "Known is what has been since the host was started.",
    examples: ["podshim timeline web", "podshim timeline web -o svg"],
    flags: [TimelineCommand.output], run: TimelineCommand.run)

  private static let debug = Command(
    name: "debug", group: .containers, synopsis: "POD --image IMAGE [-it] [-- COMMAND…]",
    operands: 1...1, takesCommand: true, summary: "Add a container to a pod, to look inside",
    description: "It runs once and stays in the pod until that is deleted.",
    examples: ["podshim debug -it web --image busybox --target nginx -- sh"],
    flags: [
      DebugCommand.image, DebugCommand.target, .container, .stdin, .tty, DebugCommand.environment,
      DebugCommand.argumentsOnly, DebugCommand.pullPolicy, DebugCommand.attach, Flag.quiet,
    ], run: DebugCommand.run)
}
