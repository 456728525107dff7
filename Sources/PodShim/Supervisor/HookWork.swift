import PodModel

/// What a container runs at the edges of its life. A hook has no time limit of its own: before the
/// end it is the grace that runs out, and with the container's process its hooks are over.
extension Supervisor {
  func begin(_ hook: Hook, of instance: Instance) {
    guard let run = run(of: instance), run.process != nil else { return }
    let container = container(instance)
    let lifecycle = container.lifecycle
    let handler = hook == .postStart ? lifecycle?.postStart : lifecycle?.preStop
    begin(handler ?? LifecycleHandler(), of: run, container) { [unowned self] failure in
      tell(.hooked(instance, hook, failure: failure))
    }
  }

  private func begin(
    _ handler: LifecycleHandler, of run: ContainerRun, _ container: Container,
    then: @escaping (String?) -> Void
  ) {
    if let command = handler.exec?.command {
      exec(command, in: run, within: nil) { then(Supervisor.failure($0, of: command)) }
    } else if let action = handler.httpGet {
      get(action, of: run, container, then: then)
    } else if let sleep = handler.sleep {
      loop.after(.seconds(sleep.seconds)) { then(nil) }
    } else {
      // A `tcpSocket` as well: the API takes it, and no kubelet carries it out.
      then("cannot run handler: invalid handler")
    }
  }

  /// Any answer is a success.
  private func get(
    _ action: HTTPGetAction, of run: ContainerRun, _ container: Container,
    then: @escaping (String?) -> Void
  ) {
    do {
      let inquiry = try NetworkInquiry.httpGet(
        action, of: container, at: life.sandbox.addresses.first, purpose: .hook)
      ask(inquiry, for: run, seconds: nil) { [unowned self] answer in
        switch answer {
        case .success: then(nil)
        case .warning(let message):
          EventLog.append(
            Note(.warning, "LifecycleHTTPFallback", message, container: container.name), to: paths)
          then(nil)
        case .failure(let message), .error(let message): then(message)
        }
      }
    } catch {
      then("\(error)")
    }
  }

  private static func failure(_ end: Inquiry.End, of command: [String]) -> String? {
    let what = "Exec lifecycle hook (\(command)) failed"
    switch end {
    case .ended(.exited(0), _): return nil
    case .ended(let status, let output):
      let said = text(output)
      return
        "\(what): command '\(command.joined(separator: " "))' exited with \(status.code): \(said)"
    case .late: return "\(what): it took too long"
    case .refused(let why): return "\(what): \(why)"
    }
  }
}
