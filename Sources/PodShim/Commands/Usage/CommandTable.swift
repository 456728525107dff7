import PodModel

/// Every verb that podshim understands, and every flag: the one place where they are written down.
enum CommandTable {
  static let version = "0.1.0"

  /// In the order in which `help` shows them, group by group.
  static let commands: [Command] = objects + containers + images + host + hidden

  static let commonFlags: [Flag] = [
    namespace, root, state, logs, runtime, network, networkConfigurations, pull, infraImage, help,
  ]

  static let namespace = Flag(
    "namespace", "n", .text("NAMESPACE"), "Namespace of the pod names (default: default)")
  static let root = Flag(
    "root", nil, .text("DIR"), "Where images and pods are kept (PODSHIM_ROOT)")
  static let state = Flag(
    "state", nil, .text("DIR"), "Where what runs is noted until the next boot (PODSHIM_STATE)")
  static let logs = Flag("logs", nil, .text("DIR"), "Where the logs are kept", isHidden: true)
  static let runtime = Flag(
    "runtime", nil, .text("NAME|PATH"),
    "crun, runc or a path; auto takes the first that works"
      + " (PODSHIM_RUNTIME)")
  static let pull = Flag(
    "pull", nil, .choice(PullMode.allCases.map(\.rawValue)),
    "Whether new pods ask registries for images: as their policy says, for missing ones, never"
      + " (PODSHIM_PULL)")
  static let infraImage = Flag(
    "infra-image", nil, .text("IMAGE"),
    "Runs as pause in new pods, in the place of podshim itself (PODSHIM_INFRA_IMAGE)")
  static let network = Flag(
    "network", nil, .text("MODE"),
    "What new pods are joined by: auto, cni, bridge, none or host, without root pasta or"
      + " slirp4netns too (PODSHIM_NETWORK)")
  static let networkConfigurations = Flag(
    "cni-conf-dir", nil, .text("DIR"),
    "Where network configurations are looked for (default: /etc/cni/net.d; PODSHIM_CNI_CONF_DIR)")
  static let help = Flag("help", "h", "Say what the command does")
}

// MARK: Flags that several verbs have

extension Flag {
  static let file = Flag(
    "filename", "f", .text("FILE"), "File, directory or - with the manifest", isRepeatable: true)
  static let recursive = Flag("recursive", "R", "With a directory: those below it too")
  static let container = Flag("container", "c", .text("CONTAINER"), "Which container of the pod")
  static let stdin = Flag("stdin", "i", "Pass standard input on")
  static let tty = Flag("tty", "t", "Standard input is a terminal")
  static let allowedUnsafeSysctls = Flag(
    "allowed-unsafe-sysctls", nil, .text("NAMES"),
    "Kernel settings that pods may change beside the safe ones, such as kernel.msg*,net.core.*"
      + " (PODSHIM_ALLOWED_UNSAFE_SYSCTLS)")
  static let quiet = Flag("quiet", "q", "Say nothing of oneself")
  static let allNamespaces = Flag("all-namespaces", "A", "The pods of every namespace")
}

// MARK: Images and the host

extension CommandTable {
  private static let images = [
    Command(
      name: "pull", group: .images, synopsis: "IMAGE…", operands: 1...(.max),
      summary: "Bring images from their registries",
      description: """
        skopeo fetches them: mirrors, credentials, certificates and signatures are taken from this
        host's registries.conf, auth.json and policy.json. What is here already is not fetched
        again. To build and to push images is the business of buildah and skopeo.
        """,
      examples: ["podshim pull nginx", "podshim pull docker.io/library/redis:7 quay.io/a/b:1"],
      flags: [PullCommand.quiet], run: PullCommand.run),
    Command(
      name: "load", group: .images, synopsis: "-i FILE|DIR…",
      summary: "Take images into the store",
      description: "Takes OCI archives, OCI directories and the archives of 'docker save'.",
      examples: ["podshim load -i nginx.tar", "podshim load -i layout --name nginx"],
      flags: [ImageCommands.input, ImageCommands.name, ImageCommands.quiet],
      run: ImageCommands.load),
    Command(
      name: "images", group: .images, summary: "List the images of the store",
      flags: [ImageCommands.disk, ImageCommands.idsOnly], run: ImageCommands.list),
    Command(
      name: "rmi", group: .images, synopsis: "IMAGE…", operands: 1...(.max),
      summary: "Remove images from the store", run: ImageCommands.remove),
    Command(
      name: "image", group: .images, synopsis: "prune|inspect [IMAGE…]", operands: 1...(.max),
      summary: "Remove images that nobody uses, or show what one is",
      description: """
        'prune' removes images without a tag, with -a all that no pod uses; 'inspect' prints JSON.
        """,
      examples: ["podshim image prune -a", "podshim image inspect nginx"],
      flags: [ImageCommand.all], run: ImageCommand.run),
  ]

  private static let host = [
    Command(
      name: "bundle", group: .host, synopsis: "-f FILE -o DIR",
      summary: "Write the OCI bundles of a pod and run nothing",
      description: """
        Each container gets DIR/POD/CONTAINER/config.json; DIR/POD/run.sh shows how the bundles are
        run by hand.
        """,
      examples: ["podshim bundle -f pod.yaml -o bundles"],
      flags: [.file, BundleCommand.output, BundleCommand.pausePID], run: BundleCommand.run),
    Command(
      name: "resume", group: .host, synopsis: "",
      summary: "Keep all pods again after the host was started anew",
      description: """
        Pods that nobody keeps go on as their restartPolicy says: containers that ran count one
        restart more, init containers run again; a pod that is never restarted has failed.
        """,
      examples: ["podshim resume"], run: ResumeCommand.run),
    Command(
      name: "runtime", group: .host, synopsis: "COMMAND [ID] …", isRaw: true,
      summary: "Be an OCI runtime, in the place of crun or runc",
      description: """
        What engines call: create, start, state, kill, delete, run, exec, list, ps, pause, resume,
        update, features, spec, events, checkpoint, restore, with the flags of crun and of runc. The
        same under the name podshim-runtime; --runtime, or a link that is named podshim-runtime-runc,
        says which runtime does the work.
        """,
      examples: [
        "podshim runtime list", "podman --runtime /usr/local/bin/podshim-runtime run alpine true",
      ],
      entersNamespaces: false, run: { RuntimeProgram($0.operands).run() }),
    Command(
      name: "doctor", group: .host, summary: "Check what pods need of this host",
      description: "Exit status 1 says that no pod can run here.", entersNamespaces: false,
      run: DoctorCommand.run),
    Command(
      name: "version", group: .host, summary: "Print the version", entersNamespaces: false,
      run: { _ in
        try Output.print("podshim \(version)")
        return 0
      }),
    Command(
      name: "completion", group: .host, synopsis: "bash|zsh|fish", operands: 1...1,
      summary: "Print what a shell needs to complete command lines",
      description: """
        For the shell that runs: 'source <(podshim completion bash)', the same in zsh, 'podshim
        completion fish | source'. 'make install' and the Debian package put them where shells look.
        """,
      examples: ["podshim completion bash"],
      entersNamespaces: false, run: CompletionCommand.run),
    Command(
      name: "help", group: .host, synopsis: "[COMMAND|TOPIC]", operands: 0...1,
      summary: "Say what the commands do", entersNamespaces: false, run: HelpCommand.run),
  ]

  private static let hidden = [
    Command(
      name: "complete", group: .hidden, isRaw: true, summary: "Say which words can follow",
      entersNamespaces: false, run: CompletionCommand.complete),
    Command(
      name: "man", group: .hidden, synopsis: "DIR", operands: 1...1,
      summary: "Write the manual pages", entersNamespaces: false, run: HelpCommand.writeManual),
    Command(
      name: "keeper", group: .hidden, synopsis: "UID", operands: 1...1, summary: "Keep a pod",
      flags: [.allowedUnsafeSysctls],
      run: { invocation in
        try KeeperProgram.run(uid: invocation.operands[0], world: World(invocation))
        return 0
      }),
    Command(
      name: "supervise", group: .hidden, synopsis: "UID", operands: 1...1,
      summary: "Supervise a pod", flags: [.allowedUnsafeSysctls],
      run: { invocation in
        try SuperviseProgram.run(uid: invocation.operands[0], world: World(invocation))
        return 0
      }),
    Command(
      name: "fetch", group: .hidden, synopsis: "IMAGE", operands: 1...1,
      summary: "Pull one image", flags: [FetchProgram.progress, FetchProgram.credentials],
      run: FetchProgram.run),
    Command(
      name: IDMapping.verb, group: .hidden, isRaw: true, summary: "Give IDs to a user namespace",
      entersNamespaces: false, run: { try IDMapping.run($0.operands) }),
    Command(
      name: UserNetwork.verb, group: .hidden, isRaw: true, summary: "Carry a pod's network",
      entersNamespaces: false, run: { try UserNetwork.run($0.operands) }),
    Command(
      name: "forward", group: .hidden, isRaw: true, summary: "Carry connections into a pod",
      run: { ForwardProgram.run($0.operands) }),
    Command(
      name: "guard-terminal", group: .hidden, isRaw: true,
      summary: "Put a terminal back when whoever made it raw is gone",
      run: { try TerminalGuard.run($0.operands) }),
    Command(
      name: "copy-files", group: .hidden, isRaw: true, summary: "Be one side of cp",
      run: { try CopyProgram.run($0.operands) }),
    Command(
      name: "probe", group: .hidden, isRaw: true, summary: "Ask a server of a pod",
      run: { ProbeProgram.run($0.operands) }),
  ]
}
