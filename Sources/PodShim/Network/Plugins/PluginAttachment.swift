import Glibc
import PodModel

/// What the plugins of a network were told when a pod was added, and what they answered: they are
/// told the same again when it is removed, whatever the configuration says by then.
struct PluginAttachment: Codable, Equatable {
  /// Where the configuration came from, for messages.
  let file: String
  /// Its text.
  let configuration: String
  /// What the plugins call the pod: another name for each sandbox.
  let containerID: String
  /// CNI_ARGS.
  let arguments: String
  /// What the pod asks for, as a JSON object.
  let wishes: String
  /// The answer of the last plugin that has answered; nil before the first.
  var result: String?

  init(_ file: String, pod: Pod, ports: [HostPort], containerID: String) throws {
    self.file = file
    self.containerID = containerID
    configuration = try Files.readText(file)
    arguments = PluginWishes.arguments(of: pod, sandbox: containerID)
    wishes = try PluginWishes.text(of: pod, ports: ports)
  }

  func network() throws(PodError) -> PluginNetwork {
    try PluginNetwork(Array(configuration.utf8), file: file)
  }

  /// nil also for an answer that is none, which ADD has refused.
  var lastResult: PluginResult? { result.flatMap { try? PluginResult(Array($0.utf8)) } }
}

/// One call of one plugin.
struct PluginCall {
  /// The specification's word: `ADD`, `DEL`, `CHECK`.
  let command: String
  let type: String
  let input: String
  private let environment: [String]

  /// Where the packages of distributions and of Kubernetes put plugins.
  static let folders = "/opt/cni/bin:/usr/lib/cni"
  /// The kubelet waits as long for its runtime.
  static let patience = Duration.seconds(120)

  struct Failed: Error, CustomStringConvertible {
    let description: String
  }

  /// - Parameters:
  ///   - place: a path of the pod's network namespace; empty when that is gone.
  ///   - previous: the result of the plugin before.
  init(
    _ command: String, _ plugin: PluginNetwork.Plugin, of network: PluginNetwork,
    _ attachment: PluginAttachment, at place: String, previous: PluginResult?
  ) {
    self.command = command
    type = plugin.type
    let wishes = try? PluginResult(Array(attachment.wishes.utf8)).node
    input = network.input(of: plugin, wishes: wishes, previous: previous?.node)
    let path = getenv("PATH").map { String(cString: $0) }
    environment = [
      "PATH=\(path ?? "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin")",
      "CNI_COMMAND=\(command)", "CNI_CONTAINERID=\(attachment.containerID)", "CNI_NETNS=\(place)",
      "CNI_IFNAME=\(LinkScript.interface)", "CNI_ARGS=\(attachment.arguments)",
      "CNI_PATH=\(PluginCall.folders)",
    ]
  }

  /// What undoes an attachment, plugin by plugin: the last that was added comes first.
  static func removals(_ attachment: PluginAttachment, at place: String) throws -> [PluginCall] {
    let network = try attachment.network()
    let result = network.keepsResult ? attachment.lastResult : nil
    return network.plugins.reversed().map {
      PluginCall("DEL", $0, of: network, attachment, at: place, previous: result)
    }
  }

  /// What sees whether all is as it was made; nothing where nobody keeps to that.
  static func checks(_ attachment: PluginAttachment, at place: String) throws -> [PluginCall] {
    let network = try attachment.network()
    guard network.keepsResult, !network.disablesCheck, let result = attachment.lastResult else {
      return []
    }
    // portmap up to 1.1.1 looks for rules of both families, whatever it has made.
    return network.plugins.filter { $0.type != "portmap" }.map {
      PluginCall("CHECK", $0, of: network, attachment, at: place, previous: result)
    }
  }

  func program() throws(Failed) -> Program {
    guard let path = Program.find(type, path: PluginCall.folders) else {
      throw Failed(
        description: "plugin type=\(type.quoted) failed (\(word)): not found in "
          + PluginCall.folders.split(separator: ":").map { "`\($0)`" }.joined(separator: " or ")
          + ": install the package `containernetworking-plugins`, or the network's own")
    }
    var program = Program(path, [path])
    program.environment = environment
    program.directory = "/"
    return program
  }

  /// As libcni says it.
  private var word: String {
    switch command {
    case "ADD": "add"
    case "DEL": "delete"
    default: "check"
    }
  }

  /// Why it failed; nil when it did not.
  func failure(_ status: ExitStatus, output: [UInt8], errors: [UInt8]) -> String? {
    guard status != .exited(0) else { return nil }
    return PluginFailure.text(
      of: type, word, output: output, errors: errors, status: "\(status)")
  }

  /// Blocks until it is done: for commands, not for a loop.
  func run() throws {
    let result = try program().run(input: Array(input.utf8), timeout: PluginCall.patience)
    if let failure = failure(result.status, output: result.output, errors: result.errors) {
      throw Failed(description: failure)
    }
  }
}
