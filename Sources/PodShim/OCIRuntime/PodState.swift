import Glibc
import OCISpec
import PodModel

/// How a pod, or one of its containers, looks to who knows only containers of a runtime.
struct PodState {
  var status: OCISpec.ContainerStatus
  /// 0 when nothing runs.
  var pid: Int32 = 0
  var bundle: String
  var created: String
  var annotations: [String: String] = [:]

  init(_ operand: PodOperand) throws {
    let stored = operand.stored
    let (life, bootedAt) = try stored.life()
    let name = operand.container ?? Supervisor.pauseName
    let container = life.containers.first { $0.spec.name == operand.container }
    let run = operand.container == nil ? life.sandbox.run : container?.run ?? 0
    bundle = stored.paths.bundle(name, run: run)
    created = stored.pod.metadata.creationTimestamp ?? Timestamp(wall: bootedAt).description
    let isOver = life.isFinished || container.map { !$0.isLive && $0.run > 0 } ?? false
    status = isOver ? .stopped : .creating
    if !isOver, let process = ProcessRecord(bundle: bundle), process.isRunning {
      pid = process.pid
      status = try PodFreezer(operand).isFrozen ? .paused : .running
    }
    annotations = Self.annotations(operand)
  }

  /// In containerd's words, so that who reads those of CRI finds its way.
  private static func annotations(_ operand: PodOperand) -> [String: String] {
    let (pod, prefix) = (operand.stored.pod, "io.kubernetes.cri.")
    var words = pod.metadata.annotations
    words[EngineBundle.annotation] = "\(operand.stored.namespace)/\(operand.stored.name)"
    words[prefix + "container-type"] = operand.container == nil ? "sandbox" : "container"
    words[prefix + "container-name"] = operand.container
    words[prefix + "sandbox-id"] = operand.stored.paths.uid
    words[prefix + "sandbox-uid"] = operand.stored.paths.uid
    words[prefix + "sandbox-name"] = operand.stored.name
    words[prefix + "sandbox-namespace"] = operand.stored.namespace
    return words
  }

  /// What `state` answers.
  func answer(id: String) -> Node {
    .mapping(
      [.init("ociVersion", .string("1.0.2"))] + entries(id: id)
        + [.init("annotations", Node(words: annotations))])
  }

  /// What `list` says of each.
  func entries(id: String) -> [Node.Entry] {
    [
      .init("id", .string(id)), .init("pid", .integer(Int64(pid))),
      .init("status", .string(status.rawValue)), .init("bundle", .string(bundle)),
      .init("rootfs", .string(bundle + "/rootfs")), .init("created", .string(created)),
      .init("owner", .string("root")),
    ]
  }
}
