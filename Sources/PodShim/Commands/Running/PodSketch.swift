import PodModel

/// The pod that `run NAME --image=…` describes by its flags: one container of that name, as
/// kubectl makes it.
struct PodSketch {
  /// What is to be created: the object with the overrides merged into it.
  let node: Node
  let name: String
  let restartPolicy: RestartPolicy

  static let image = Flag("image", nil, .text("IMAGE"), "Image of the container")
  static let labels = Flag("labels", "l", .text("K=V,…"), "Labels of the pod (default: run=NAME)")
  static let annotations = Flag(
    "annotations", nil, .text("K=V"), "Annotations of the pod", isRepeatable: true)
  static let environment = Flag(
    "env", nil, .text("NAME=VALUE"), "Environment variables", isRepeatable: true)
  static let port = Flag("port", nil, .text("PORT"), "Port that the container listens on")
  static let hostPort = Flag("hostport", nil, .text("PORT"), "Port of the host that leads there")
  static let restart = Flag(
    "restart", nil, .choice(["Always", "OnFailure", "Never"]), "restartPolicy (default: Always)")
  static let pullPolicy = DebugCommand.pullPolicy
  static let requests = Flag("requests", nil, .text("R=AMOUNT,…"), "What the container asks for")
  static let limits = Flag("limits", nil, .text("R=AMOUNT,…"), "What the container may have")
  static let privileged = Flag("privileged", nil, "Run the container with all rights")
  static let serviceAccount = Flag("serviceaccount", nil, .text("NAME"), "Account of the pod")
  static let isCommand = Flag(
    "command", nil, "The words replace the image's ENTRYPOINT, not its CMD")
  static let leaveStdinOpen = Flag(
    "leave-stdin-open", nil, "The container's input stays open when the first who types leaves")
  static let overrides = Flag(
    "overrides", nil, .text("JSON"), "Merged into the pod, as a JSON merge patch")
  static let flags = [
    image, isCommand, .stdin, .tty, restart, environment, port, hostPort, labels, annotations,
    requests, limits, pullPolicy, privileged, serviceAccount, overrides, leaveStdinOpen,
  ]

  init(_ invocation: Invocation) throws {
    guard let name = invocation.operands.first else {
      throw invocation.usage("NAME is required for run, or -f FILE")
    }
    guard let image = invocation.text(PodSketch.image), !image.isEmpty else {
      throw invocation.usage("required flag(s) \"image\" not set")
    }
    do {
      _ = try ImageReference(image)
    } catch {
      throw CommandError("Invalid image name \(image.quoted): \(error)")
    }
    if invocation.isOn(.tty), !invocation.isOn(.stdin) {
      throw invocation.usage("-i/--stdin is required for containers with -t/--tty=true")
    }
    let policy = invocation.text(PodSketch.restart).flatMap(RestartPolicy.init) ?? .always
    let pod = try PodSketch.pod(name, image: image, policy, invocation)
    self.name = name
    restartPolicy = policy
    node = try PodSketch.override(pod.node, invocation)
  }

  private static func pod(
    _ name: String, image: String, _ policy: RestartPolicy, _ invocation: Invocation
  ) throws -> Pod {
    var pod = Pod()
    pod.metadata.name = name
    pod.metadata.labels = try pairs(invocation.text(labels) ?? "", "unexpected label spec: ")
    if pod.metadata.labels.isEmpty { pod.metadata.labels = ["run": name] }
    for word in invocation.texts(annotations) {
      pod.metadata.annotations.merge(try pairs(word, "unexpected annotation spec: ")) { $1 }
    }
    pod.spec.containers = [try container(name, image, invocation)]
    pod.spec.restartPolicy = policy
    pod.spec.dnsPolicy = .clusterFirst
    pod.spec.serviceAccountName = invocation.text(serviceAccount)
    return pod
  }

  private static func container(
    _ name: String, _ image: String, _ invocation: Invocation
  ) throws -> Container {
    var container = Container()
    container.name = name
    container.image = image
    container.imagePullPolicy = invocation.text(pullPolicy).flatMap(PullPolicy.init)
    container.env = try invocation.texts(environment).map(EnvVar.init(word:))
    let words = invocation.operands.dropFirst() + invocation.arguments
    if invocation.isOn(isCommand) {
      container.command = Array(words)
    } else {
      container.args = Array(words)
    }
    if invocation.isOn(.stdin) {
      container.stdin = true
      if !invocation.isOn(leaveStdinOpen) { container.stdinOnce = true }
    }
    if invocation.isOn(.tty) { container.tty = true }
    container.ports = try ports(invocation)
    container.resources = try resources(invocation)
    if invocation.isOn(privileged) {
      container.securityContext = SecurityContext().with { $0.privileged = true }
    }
    return container
  }

  private static func ports(_ invocation: Invocation) throws -> [ContainerPort] {
    let host = try invocation.integer(hostPort)
    guard let port = try invocation.integer(port) else {
      guard host == nil else { throw CommandError("--hostport requires --port to be specified") }
      return []
    }
    return [
      ContainerPort().with {
        $0.containerPort = port
        $0.hostPort = host
      }
    ]
  }

  private static func resources(_ invocation: Invocation) throws -> ResourceRequirements? {
    func amounts(_ flag: Flag) throws -> [String: Quantity] {
      try pairs(
        invocation.text(flag) ?? "", "expected <resource>=<amount>, got "
      ).mapValues {
        guard let quantity = Quantity($0) else {
          throw CommandError("\($0.quoted) is no amount: write 100m, 2 or 256Mi")
        }
        return quantity
      }
    }
    let (wanted, most) = (try amounts(requests), try amounts(limits))
    if wanted.isEmpty, most.isEmpty { return nil }
    return ResourceRequirements().with {
      $0.requests = wanted
      $0.limits = most
    }
  }

  /// `a=b,c=d`.
  private static func pairs(
    _ text: String, _ complaint: String
  ) throws(CommandError) -> [String: String] {
    var pairs: [String: String] = [:]
    for word in text.split(separator: ",") {
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, !parts[0].isEmpty else {
        throw CommandError(complaint + word)
      }
      pairs[String(parts[0])] = String(parts[1])
    }
    return pairs
  }

  private static func override(_ node: Node, _ invocation: Invocation) throws -> Node {
    guard let text = invocation.text(overrides), !text.isEmpty else { return node }
    let json = YAMLText(text, file: "--overrides")
    if let problem = json.problems.first { throw CommandError("\(problem)") }
    guard let patch = json.documents.first, case .mapping = patch.content else {
      throw CommandError(
        "--overrides wants an object, such as '{\"spec\": {\"hostNetwork\": true}}'")
    }
    return node.merged(with: patch)
  }
}

extension PodSketch {
  /// The pod as it would be admitted.
  ///
  /// - Throws: what a server would have against it.
  func pod() throws -> Pod {
    let manifest = Manifest.read(text: node.jsonText(), file: "")
    let errors = manifest.errors.map { error in
      var error = error
      (error.file, error.mark) = (nil, nil)
      return error
    }
    guard errors.isEmpty, let pod = manifest.pods.first else {
      throw CommandError.invalid(name, errors)
    }
    return pod
  }

  /// As kubectl prints what it has made itself and nobody has admitted.
  var text: Node { node.typedPod }
}

extension EnvVar {
  /// `NAME=VALUE`, as flags have it.
  init(word: String) throws(CommandError) {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty else { throw CommandError("invalid env: \(word)") }
    self.init()
    name = String(parts[0])
    if !parts[1].isEmpty { value = String(parts[1]) }
  }
}
