import PodModel

/// The words of a transcript for what happens.
extension Transcript {
  func event(_ text: String, of life: PodLife, at now: Duration) throws -> Event {
    let words = text.split(separator: " ").map(String.init)
    let rest = Transcript.rest(words, from: 2)
    switch (words.first, words.dropFirst().first) {
    case ("begun", nil): return .begun
    case ("delete", let grace): return .deletionRequested(grace: try grace.map { try Transcript.time($0) })
    case ("sandboxStarted", let run?):
      return .sandboxStarted(run: try Transcript.number(run), addresses: Array(words.dropFirst(2)))
    case ("sandboxFailed", let run?): return .sandboxFailed(run: try Transcript.number(run), message: rest)
    case ("sandboxExited", let run?): return .sandboxExited(run: try Transcript.number(run))
    case ("sandboxRemoved", let run?): return .sandboxRemoved(run: try Transcript.number(run))
    case ("created", let of?):
      let instance = try Transcript.instance(of)
      return .created(
        instance, Identity(containerID: "crun://\(of)", imageID: "sha256:0"))
    case ("started", let of?): return .started(try Transcript.instance(of))
    case ("removed", let of?): return .removed(try Transcript.instance(of))
    case ("exited", let of?):
      guard words.count > 2, let code = Int32(words[2]) else {
        throw Transcript.Malformed(description: "no exit code: \(text)")
      }
      return .exited(
        try Transcript.instance(of), Exit(code: code, at: now, outOfMemory: words.dropFirst(3).first == "oom"))
    case ("failed", let of?):
      guard words.count > 3, let stage = Failure.Stage(rawValue: words[2]) else {
        throw Transcript.Malformed(description: "failed INSTANCE image|bundle|runtime REASON MESSAGE: \(text)")
      }
      let message = Transcript.rest(words, from: 4)
      return .failed(try Transcript.instance(of), Failure(stage, reason: words[3], message: message))
    case ("unschedulable", _?): return .unschedulable(message: Transcript.rest(words, from: 1))
    case ("hooked", let of?):
      guard words.count > 2, let hook = Hook(rawValue: words[2]) else {
        throw Transcript.Malformed(description: "hooked INSTANCE postStart|preStop [WHY]: \(text)")
      }
      let failure = words.count > 3 ? Transcript.rest(words, from: 3) : nil
      return .hooked(try Transcript.instance(of), hook, failure: failure)
    case ("probed", let of?):
      guard words.count > 3, let kind = ProbeKind(rawValue: words[2]),
        let result = ProbeResult(words[3], Transcript.rest(words, from: 4))
      else {
        throw Transcript.Malformed(description: "probed INSTANCE KIND RESULT [MESSAGE]: \(text)")
      }
      return .probed(try Transcript.instance(of), kind, result)
    default:
      return .updated(try update(words, of: life.spec))
    }
  }

  /// `image CONTAINER NAME`, `deadline TIME`, `ephemeral NAME`: the manifest was changed.
  private func update(_ words: [String], of spec: LifeSpec) throws -> LifeSpec {
    var spec = spec
    switch (words.first, words.dropFirst().first) {
    case ("image", let name?):
      guard let index = spec.containers.firstIndex(where: { $0.name == name }), words.count > 2
      else { throw Transcript.Malformed(description: "image CONTAINER NAME: \(words)") }
      spec.containers[index].image = words[2]
    case ("deadline", let deadline?):
      spec.activeDeadline = try Transcript.time(deadline)
    case ("ephemeral", let name?):
      spec.containers.append(.init(name: name, role: .ephemeral, image: "image"))
    default:
      throw Transcript.Malformed(description: "no such event: \(words)")
    }
    return spec
  }

  private static func rest(_ words: [String], from index: Int) -> String {
    words.dropFirst(index).joined(separator: " ")
  }

  private static func number(_ text: String) throws -> Int {
    guard let number = Int(text) else { throw Transcript.Malformed(description: "not a number: \(text)") }
    return number
  }

  private static func instance(_ text: String) throws -> Instance {
    let parts = text.split(separator: "/").map(String.init)
    guard parts.count == 2 else { throw Transcript.Malformed(description: "not NAME/RUN: \(text)") }
    return Instance(parts[0], try Transcript.number(parts[1]))
  }
}

extension ProbeResult {
  fileprivate init?(_ word: String, _ message: String) {
    switch word {
    case "success": self = .success
    case "warning": self = .warning(message)
    case "failure": self = .failure(message)
    case "error": self = .error(message)
    default: return nil
    }
  }
}
