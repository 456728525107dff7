/// What the API server says about probes and hooks, and about which containers may have them.
extension PodSpec {
  static func checkProbesAndHooks(
    _ spec: PodSpec, _ path: FieldPath, _ review: inout Review
  ) {
    for (list, containers) in spec.lists {
      for (index, container) in containers.enumerated() {
        let place = path.field(list).index(index)
        if list == "initContainers", container.restartPolicy != .always {
          container.forbidProbesAndHooks(place, &review)
          continue
        }
        container.checkProbes(place, &review)
        container.checkHooks(in: spec, place.field("lifecycle"), &review)
      }
    }
  }
}

extension Container {
  /// An init container that runs to its end has nobody who would look at it meanwhile.
  fileprivate func forbidProbesAndHooks(_ path: FieldPath, _ review: inout Review) {
    let present = [
      ("lifecycle", lifecycle != nil), ("livenessProbe", livenessProbe != nil),
      ("readinessProbe", readinessProbe != nil), ("startupProbe", startupProbe != nil),
    ]
    for (name, isSet) in present where isSet {
      review.forbid(
        path.field(name), "may not be set for init containers without restartPolicy=Always")
    }
  }

  fileprivate func checkProbes(_ path: FieldPath, _ review: inout Review) {
    let deciding = [("livenessProbe", livenessProbe), ("startupProbe", startupProbe)]
    for (name, probe) in deciding {
      guard let probe else { continue }
      probe.check(of: self, path.field(name), &review)
      if let count = probe.successThreshold, count != 1 {
        review.invalid(path.field(name).field("successThreshold"), count, "must be 1")
      }
    }
    guard let readinessProbe else { return }
    let place = path.field("readinessProbe")
    readinessProbe.check(of: self, place, &review)
    if let grace = readinessProbe.terminationGracePeriodSeconds {
      review.invalid(
        place.field("terminationGracePeriodSeconds"), grace, "must not be set for readinessProbes")
    }
  }

  fileprivate func checkHooks(
    in spec: PodSpec, _ path: FieldPath, _ review: inout Review
  ) {
    guard let lifecycle else { return }
    let hooks = [("postStart", lifecycle.postStart), ("preStop", lifecycle.preStop)]
    for (name, hook) in hooks {
      guard let hook else { continue }
      Actions(hook).check(of: self, in: spec, path.field(name), &review)
    }
    guard let signal = lifecycle.stopSignal else { return }
    let place = path.field("stopSignal")
    if spec.os?.name.isEmpty ?? true {
      review.forbid(place, "may not be set for containers with empty `spec.os.name`")
    } else if !Lifecycle.stopSignals.contains(signal) {
      review.refuseUnsupported(signal, among: Lifecycle.stopSignals, at: place)
    }
  }
}

extension Probe {
  fileprivate func check(of container: Container, _ path: FieldPath, _ review: inout Review) {
    Actions(self).check(of: container, in: nil, path, &review)
    let counts = [
      ("initialDelaySeconds", initialDelaySeconds), ("timeoutSeconds", timeoutSeconds),
      ("periodSeconds", periodSeconds), ("successThreshold", successThreshold),
      ("failureThreshold", failureThreshold),
    ]
    for (name, count) in counts {
      guard let count else { continue }
      let place = path.field(name)
      if count < 0 { review.invalid(place, count, "must be greater than or equal to 0") }
      review.checkWidth(count, place)
    }
    if let grace = terminationGracePeriodSeconds {
      let place = path.field("terminationGracePeriodSeconds")
      if grace <= 0 { review.invalid(place, grace, "must be greater than 0") }
      review.checkWidth(grace, place)
    }
  }
}

extension Lifecycle {
  /// The signals that `stopSignal` can name on Linux, in the order in which they are printed.
  static let stopSignals: [String] = {
    let plain = """
      ABRT ALRM BUS CHLD CLD CONT FPE HUP ILL INT IO IOT KILL PIPE POLL PROF PWR QUIT RTMAX RTMIN
      SEGV STKFLT STOP SYS TERM TRAP TSTP TTIN TTOU URG USR1 USR2 VTALRM WINCH XCPU XFSZ
      """
    let names = plain.split(whereSeparator: \.isWhitespace).map { "SIG\($0)" }
    let below = (1...14).map { "SIGRTMAX-\($0)" }
    let above = (1...15).map { "SIGRTMIN+\($0)" }
    return (names + below + above).sorted()
  }()
}
