import Glibc
import PodModel

/// Asking a container whether it has begun, lives, can do its work.
extension Supervisor {
  func probe(_ instance: Instance, _ kind: ProbeKind) {
    guard let run = run(of: instance), run.process != nil else { return }
    let container = container(instance)
    guard let probe = container.probe(kind) else { return }
    // A pod that somebody has paused is not to blame for its silence.
    guard !PodFreezer(group: paths.cgroup).isFrozen else {
      return tell(.probed(instance, kind, .error("the pod is paused")))
    }
    let seconds = probe.timeoutSeconds ?? 1
    if let command = probe.exec?.command {
      let command = container.expanded(probe: command)
      exec(command, in: run, within: .seconds(seconds)) { [unowned self] end in
        tell(.probed(instance, kind, ProbeResult(end, of: command, seconds: seconds)))
      }
    } else {
      ask(probe, of: run, container, seconds: seconds) { [unowned self] in
        tell(.probed(instance, kind, $0))
      }
    }
  }

  private func ask(
    _ probe: Probe, of run: ContainerRun, _ container: Container, seconds: Int,
    then: @escaping (ProbeResult) -> Void
  ) {
    do {
      let inquiry: NetworkInquiry
      let address = life.sandbox.addresses.first
      if let action = probe.httpGet {
        inquiry = try .httpGet(action, of: container, at: address, timeout: seconds)
      } else if let action = probe.tcpSocket {
        inquiry = try .tcpSocket(action, of: container, at: address, timeout: seconds)
      } else if let action = probe.grpc {
        inquiry = .grpc(action, at: address, timeout: seconds)
      } else {
        return then(.error("missing probe handler"))
      }
      ask(inquiry, for: run, seconds: seconds) { then(ProbeResult($0)) }
    } catch {
      then(.error("\(error)"))
    }
  }

  /// Asks from within the pod's network. The child keeps the time itself and knows better what it
  /// was waiting for; it is killed when it does not.
  func ask(
    _ inquiry: NetworkInquiry, for run: ContainerRun, seconds: Int?,
    then: @escaping (ProbeAnswer) -> Void
  ) {
    var inquiry = inquiry
    inquiry.hosts = paths.hosts
    var program = inquiry.program()
    var network: OwnedDescriptor?
    do {
      if pod.spec.hostNetwork != true, let pause {
        network = OwnedDescriptor(try Namespace.open(pid: pause.pid, kind: .net))
        program.namespaces = [network?.raw ?? -1]
      }
    } catch {
      return then(.error("\(error)"))
    }
    ask(program, for: run, within: seconds.map { .seconds($0) + Supervisor.lateness }) { end in
      switch end {
      case .ended(let status, let output): then(ProbeAnswer(exit: status, output: output))
      case .late: then(inquiry.answerWhenLate)
      case .refused(let why): then(.error(why))
      }
    }
  }

  private static let lateness = Duration.milliseconds(250)
}

extension Container {
  fileprivate func probe(_ kind: ProbeKind) -> Probe? {
    switch kind {
    case .startup: startupProbe
    case .liveness: livenessProbe
    case .readiness: readinessProbe
    }
  }
}

extension ProbeResult {
  init(_ answer: ProbeAnswer) {
    switch answer {
    case .success: self = .success
    case .warning(let message): self = .warning(message)
    case .failure(let message): self = .failure(message)
    case .error(let message): self = .error(message)
    }
  }

  /// Of a command: its exit status is the answer.
  fileprivate init(_ end: Inquiry.End, of command: [String], seconds: Int) {
    switch end {
    case .ended(.exited(0), _): self = .success
    case .ended(_, let output): self = .failure(Supervisor.text(output))
    case .late:
      let text = command.joined(separator: " ").quoted
      self = .failure("command \(text) timed out after \(Duration.seconds(seconds).goText)")
    case .refused(let why): self = .error(why)
    }
  }
}
