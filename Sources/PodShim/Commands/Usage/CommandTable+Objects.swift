/// The verbs for what manifests describe.
extension CommandTable {
  static let objects = [
    create, apply, replace, diff, edit, set, label, annotate, get, describe, explain,
    apiResources, events, wait, delete,
  ]

  private static let create = Command(
    name: "create", group: .objects, synopsis: "-f FILE… | configmap NAME | secret TYPE NAME",
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
      "podshim create -f pod.yaml --wait=done",
    ], flags: CreateCommand.flags, run: CreateCommand.run)

  private static let apply = Command(
    name: "apply", group: .objects, synopsis: "-f FILE…",
    summary: "Make objects what a manifest says, in place",
    description: """
      Creates what is not there. Of a pod that is there, only images, the deadline, labels and
      annotations may change; a container with another image begins again, and nothing else. Pods
      that read a ConfigMap or a Secret as files see the change at once. With --force, what cannot
      be changed is deleted and created anew.
      """,
    examples: ["podshim apply -f pod.yaml"], flags: ApplyCommand.flags, run: ApplyCommand.run)

  private static let replace = Command(
    name: "replace", group: .objects, synopsis: "-f FILE… [--force]",
    summary: "Put objects in the place of those that are there",
    description: """
      What a manifest leaves out goes, whoever added it; one that names a resourceVersion is for
      that version alone. Of a pod only what 'apply' may change can differ; with --force it is
      deleted and created anew.
      """,
    examples: ["podshim replace -f pod.yaml", "podshim replace --force -f pod.yaml"],
    flags: ReplaceCommand.flags, run: ReplaceCommand.run)

  private static let diff = Command(
    name: "diff", group: .objects, synopsis: "-f FILE…",
    summary: "Show what apply would change",
    description: """
      By 'diff -u -N', or the program of KUBECTL_EXTERNAL_DIFF. The status is 0 when nothing would
      change, 1 when something would, and more when that could not be found out.
      """,
    examples: ["podshim diff -f pod.yaml"], flags: DiffCommand.flags, run: DiffCommand.run)

  private static let edit = Command(
    name: "edit", group: .objects, synopsis: "TYPE NAME… | -f FILE", operands: 0...(.max),
    summary: "Change an object in an editor",
    description: """
      The editor is that of KUBE_EDITOR or EDITOR, or vi. What others change meanwhile stays. What
      cannot be stored comes back with the reasons at its head; saved again as it was, it is given
      up.
      """,
    examples: ["podshim edit pod web", "podshim edit cm/site"],
    flags: EditCommand.flags, run: EditCommand.run)

  private static let set = Command(
    name: "set", group: .objects, synopsis: "image pod/NAME…|-f FILE CONTAINER=IMAGE…",
    operands: 1...(.max),
    summary: "Give containers of a pod other images",
    description: "A container with another image begins again, and nothing else; * is every one.",
    examples: [
      "podshim set image pod/web nginx=nginx:1.27",
      "podshim set image --local -f pod.yaml '*=busybox' -o yaml",
    ], flags: SetCommand.flags, run: SetCommand.run)

  private static let label = Command(
    name: "label", group: .objects, synopsis: "TYPE NAME… | node | -f FILE KEY=VALUE… KEY-…",
    operands: 0...(.max), summary: "Give labels, change them or take them away",
    description: """
      Of pods, of what they refer to, or of this host: a pod that waits for a host with such labels
      starts. With --local files are read, and nothing is changed.
      """,
    examples: [
      "podshim label node disktype=ssd", "podshim label node disktype-",
      "podshim label pod web tier=front --overwrite", "podshim label pods --all tier=back",
    ], flags: MetadataSession.flags, run: LabelCommand.run)

  private static let annotate = Command(
    name: "annotate", group: .objects, synopsis: "TYPE NAME… | node | -f FILE KEY=VALUE… KEY-…",
    operands: 0...(.max), summary: "Note something about an object, change it or take it away",
    examples: ["podshim annotate pod web example.com/owner='Ada'"],
    flags: MetadataSession.flags, run: AnnotateCommand.run)

  private static let get = Command(
    name: "get", group: .objects, synopsis: "TYPE[,TYPE…] [NAME…] | TYPE/NAME… | -f FILE",
    operands: 0...(.max),
    summary: "Show pods, what they refer to, what happened to them, or this host",
    description: """
      TYPE is one of pods, configmaps, secrets, serviceaccounts, podpresets, events, nodes; "all"
      is the pods. A watch ends when nobody reads it any more.
      """,
    examples: [
      "podshim get pods", "podshim get pods -o wide -A", "podshim get pod web -o yaml",
      "podshim get pods -l 'app in (web,db)' --field-selector status.phase=Running -w",
      "podshim get pods -o jsonpath='{range .items[*]}{.metadata.name}{\"\\n\"}{end}'",
      "podshim get pods -o custom-columns=NAME:.metadata.name,IP:.status.podIP",
      "podshim get nodes --show-labels",
    ],
    flags: GetCommand.flags, run: GetCommand.run)

  private static let describe = Command(
    name: "describe", group: .objects, synopsis: "TYPE [NAME…] | -f FILE", operands: 0...(.max),
    summary: "Say everything about pods, what they refer to, or this host",
    description: """
      A name that no pod has stands for all pods whose names begin so. The values of a Secret are
      never shown.
      """,
    examples: ["podshim describe pod web", "podshim describe pods", "podshim describe node"],
    flags: [DescribeCommand.showEvents, .file, .recursive] + ResourceQuery.flags,
    run: DescribeCommand.run)

  private static let explain = Command(
    name: "explain", group: .objects, synopsis: "TYPE[.FIELD…] [--recursive]", operands: 1...1,
    summary: "Say what a field of a manifest is for",
    examples: [
      "podshim explain pod", "podshim explain pod.spec.containers.livenessProbe",
      "podshim explain configmap --recursive",
    ],
    flags: [ExplainCommand.recursive], entersNamespaces: false, run: ExplainCommand.run)

  private static let apiResources = Command(
    name: "api-resources", group: .objects, summary: "List the types that commands can be about",
    examples: ["podshim api-resources", "podshim api-resources -o wide"],
    flags: APIResourcesCommand.flags, run: APIResourcesCommand.run)

  private static let events = Command(
    name: "events", group: .objects, synopsis: "[--for pod/NAME]",
    summary: "Show what has happened to the pods",
    description: "What happened more than once is one line with its count, the newest last.",
    examples: ["podshim events --for pod/web", "podshim events -w --types=Warning"],
    flags: [
      EventsCommand.about, EventsCommand.types, EventsCommand.watch, GetCommand.noHeaders,
      OutputFormat.flag, .allNamespaces,
    ], run: EventsCommand.run)

  private static let wait = Command(
    name: "wait", group: .objects, synopsis: "TYPE NAME… | TYPE -l LABELS --for GOAL",
    operands: 0...(.max), summary: "Wait until objects are as they are wanted",
    description: """
      All of them at once. A goal is a condition, what a JSONPath finds, that they are there, or that
      they are gone. What is still missing when the time is over is an error.
      """,
    examples: [
      "podshim wait pod/web --for=condition=Ready --timeout=60s",
      "podshim wait pods -l app=web --for=jsonpath='{.status.phase}'=Succeeded",
      "podshim wait pod web --for=delete",
    ], flags: WaitCommand.flags, run: WaitCommand.run)

  private static let delete = Command(
    name: "delete", group: .objects, synopsis: "TYPE NAME… | TYPE/NAME… | -f FILE",
    operands: 0...(.max),
    summary: "Stop pods and take away what is left of them; remove other objects",
    examples: [
      "podshim delete pod web", "podshim delete pod/web configmap/site",
      "podshim delete -f pod.yaml --grace-period 5", "podshim delete pods -l app=web",
    ],
    flags: DeleteCommand.flags, run: DeleteCommand.run)
}
