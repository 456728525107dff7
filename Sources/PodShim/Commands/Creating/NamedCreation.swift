import PodModel

/// What `create configmap NAME` and `create secret TYPE NAME` make: an object from the words and
/// flags of the command line.
enum NamedCreation {
  static let type = Flag("type", nil, .text("TYPE"), "Of a generic secret: what it is for")

  static let flags =
    KeyedSources.flags + [type] + RegistryAccount.flags + CertificatePair.flags

  static func object(_ invocation: Invocation) throws -> any StoredKind {
    let words = invocation.operands
    if ResourceKind.configMap.words.contains(words[0]) {
      try refuseOthers(than: KeyedSources.flags, invocation)
      let name = try self.name(words.dropFirst(), invocation)
      let content = try KeyedSources.read(invocation, for: .configMap(name: name))
      return ConfigMap().with {
        $0.metadata.name = name
        $0.take(content)
      }
    }
    guard ResourceKind.secret.words.contains(words[0]) else {
      throw invocation.usage(
        "there is nothing to create of the words \"\(words.joined(separator: " "))\": write "
          + "configmap NAME or secret TYPE NAME, or -f FILE")
    }
    return try secret(words.dropFirst(), invocation)
  }

  private static func secret(
    _ words: ArraySlice<String>, _ invocation: Invocation
  ) throws -> Secret {
    let name = { try self.name(words.dropFirst(), invocation) }
    var secret = Secret()
    switch words.first {
    case "generic":
      try refuseOthers(than: KeyedSources.flags + [type], invocation)
      secret.metadata.name = try name()
      secret.type = invocation.text(type).flatMap { $0.isEmpty ? nil : $0 }
      secret.take(try KeyedSources.read(invocation, for: .secret))
    case "docker-registry":
      try refuseOthers(than: RegistryAccount.flags + [KeyedSources.file], invocation)
      secret.metadata.name = try name()
      secret.type = "kubernetes.io/dockerconfigjson"
      secret.data = try RegistryAccount.read(invocation)
    case "tls":
      try refuseOthers(than: CertificatePair.flags, invocation)
      secret.metadata.name = try name()
      secret.type = "kubernetes.io/tls"
      secret.data = try CertificatePair.read(invocation)
    case let word:
      throw invocation.usage(
        "\(word.map { "there is no secret of the type \"\($0)\"" } ?? "of which type?"): it is "
          + "generic, docker-registry or tls")
    }
    return secret
  }

  private static func name(
    _ words: ArraySlice<String>, _ invocation: Invocation
  ) throws(UsageError) -> String {
    guard let name = words.first, words.count == 1 else {
      throw invocation.usage("exactly one NAME is required, got \(words.count)")
    }
    return name
  }

  static func refuseOthers(
    than known: [Flag], _ invocation: Invocation
  ) throws(UsageError) {
    for flag in flags where invocation.isGiven(flag) && !known.contains(flag) {
      let words = invocation.operands.prefix(2).joined(separator: " ")
      throw invocation.usage("--\(flag.name) has no meaning for \(words.isEmpty ? "-f" : words)")
    }
  }
}
