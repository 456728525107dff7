import PodModel

/// The words of a transcript for what happens.
extension Transcript {
  static func event(_ text: String, of life: PodLife, at now: Duration) throws -> Event {
    let words = text.split(separator: " ").map(String.init)
    let message = rest(words, from: 2)
    switch (words.first, words.dropFirst().first) {
    case ("begun", nil): return .begun
    case ("delete", let grace): return .deletionRequested(grace: try grace.map { try time($0) })
    case ("evicted", _?): return .evicted(message: rest(words, from: 1))
    case ("sandboxStarted", let run?):
      return .sandboxStarted(run: try number(run), addresses: Array(words.dropFirst(2)))
    case ("sandboxFailed", let run?): return .sandboxFailed(run: try number(run), message: message)
    case ("volumesFailed", let run?): return .volumesFailed(run: try number(run), message: message)
    case ("objectsChanged", nil): return .objectsChanged
    case ("imagesCame", _?): return .imagesCame(of: Array(words.dropFirst()))
    case ("sandboxExited", let run?): return .sandboxExited(run: try number(run))
    case ("sandboxRemoved", let run?): return .sandboxRemoved(run: try number(run))
    case ("pulling", let of?): return .pulling(try instance(of), image: message)
    case ("pulled", let of?): return .pulled(try instance(of), try pulled(words.dropFirst(2)))
    case ("created", let of?):
      let instance = try instance(of)
      return .created(
        instance, Identity(containerID: "crun://\(of)", imageID: "sha256:0"))
    case ("started", let of?): return .started(try instance(of))
    case ("removed", let of?): return .removed(try instance(of))
    case ("exited", let of?):
      return .exited(try instance(of), try exit(words.dropFirst(2), at: now))
    case ("failed", let of?), ("lacks", let of?):
      return .failed(try instance(of), try failure(words))
    case ("resized", let of?):
      return .resized(try instance(of), failure: words.count > 2 ? message : nil)
    case ("unschedulable", _?): return .unschedulable(message: rest(words, from: 1))
    case ("rejected", let reason?): return .rejected(Rejection(reason, message))
    case ("hooked", let of?):
      guard words.count > 2, let hook = Hook(rawValue: words[2]) else {
        throw Malformed(description: "hooked INSTANCE postStart|preStop [WHY]: \(text)")
      }
      return .hooked(try instance(of), hook, failure: words.count > 3 ? rest(words, from: 3) : nil)
    case ("probed", let of?):
      guard words.count > 3, let kind = ProbeKind(rawValue: words[2]),
        let result = ProbeResult(words[3], rest(words, from: 4))
      else {
        throw Malformed(description: "probed INSTANCE KIND RESULT [MESSAGE]: \(text)")
      }
      return .probed(try instance(of), kind, result)
    default:
      return .updated(try update(words, of: life.spec))
    }
  }

  /// `image CONTAINER NAME`, `resources CONTAINER NAME=REQUEST/LIMIT… [infeasible]`,
  /// `deadline TIME`, `ephemeral NAME`, `label`: the manifest was changed.
  private static func update(_ words: [String], of spec: LifeSpec) throws -> LifeSpec {
    var spec = spec
    switch (words.first, words.dropFirst().first) {
    case ("image", let name?):
      guard let index = spec.containers.firstIndex(where: { $0.name == name }), words.count > 2
      else { throw Malformed(description: "image CONTAINER NAME: \(words)") }
      spec.containers[index].image = words[2]
    case ("resources", let name?):
      guard let index = spec.containers.firstIndex(where: { $0.name == name })
      else { throw Malformed(description: "resources CONTAINER NAME=REQUEST/LIMIT: \(words)") }
      spec.infeasible = words.last == "infeasible" ? "not on this host" : nil
      for word in words.dropFirst(2) where word != "infeasible" {
        try TranscriptContainer.readResource(word, into: &spec.containers[index].allotment)
      }
    // Nothing that a life depends on.
    case ("label", nil): break
    case ("deadline", let deadline?):
      spec.activeDeadline = try time(deadline)
    case ("ephemeral", let name?):
      spec.containers.append(.init(name: name, role: .ephemeral, image: "image"))
    default:
      throw Malformed(description: "no such event: \(words)")
    }
    return spec
  }

  /// `failed INSTANCE image|bundle|runtime REASON MESSAGE`, `lacks INSTANCE IMAGE REASON MESSAGE`.
  private static func failure(_ words: [String]) throws -> Failure {
    guard words.count > 3 else { throw Malformed(description: "no reason: \(words)") }
    let (reason, message) = (words[3], rest(words, from: 4))
    if words[0] == "lacks" {
      return Failure(.image, reason: reason, message: message, image: words[2])
    }
    guard let stage = Failure.Stage(rawValue: words[2]) else {
      throw Malformed(description: "no stage: \(words)")
    }
    return Failure(stage, reason: reason, message: message)
  }

  /// `IMAGE TIME TIME-WITH-WAITING SIZE`.
  private static func pulled(_ words: ArraySlice<String>) throws -> PulledImage {
    let words = Array(words)
    guard words.count == 4, let size = Int64(words[3]) else {
      throw Malformed(description: "pulled INSTANCE IMAGE TIME TIME SIZE: \(words)")
    }
    return PulledImage(
      name: words[0], took: try time(words[1]), tookWithWaiting: try time(words[2]), size: size)
  }

  /// `CODE [oom]`.
  private static func exit(_ words: ArraySlice<String>, at now: Duration) throws -> Exit {
    guard let code = words.first.flatMap({ Int32($0) }) else {
      throw Malformed(description: "no exit code: \(words)")
    }
    return Exit(code: code, at: now, outOfMemory: words.dropFirst().first == "oom")
  }

  private static func rest(_ words: [String], from index: Int) -> String {
    words.dropFirst(index).joined(separator: " ")
  }

  private static func number(_ text: String) throws -> Int {
    guard let number = Int(text) else { throw Malformed(description: "not a number: \(text)") }
    return number
  }

  private static func instance(_ text: String) throws -> Instance {
    let parts = text.split(separator: "/").map(String.init)
    guard parts.count == 2 else { throw Malformed(description: "not NAME/RUN: \(text)") }
    return Instance(parts[0], try number(parts[1]))
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
