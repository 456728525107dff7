import PodModel

/// The content of a secret for a registry: a file that is there, or a name and a password.
enum RegistryAccount {
  static let server = Flag(
    "docker-server", nil, .text("SERVER"),
    "Of a docker-registry secret: where (default: Docker Hub)")
  static let user = Flag("docker-username", nil, .text("NAME"), "… who")
  static let password = Flag("docker-password", nil, .text("PASSWORD"), "… and how it is proven")
  static let email = Flag("docker-email", nil, .text("ADDRESS"), "… and an address of mail")

  static let flags = [server, user, password, email]

  static func read(_ invocation: Invocation) throws -> [String: Base64] {
    if invocation.isGiven(KeyedSources.file) {
      return try KeyedSources.read(invocation, for: .secret).values.mapValues { Base64($0) }
    }
    let server = invocation.text(server) ?? "https://index.docker.io/v1/"
    guard let user = invocation.text(user), let password = invocation.text(password),
      !user.isEmpty, !password.isEmpty, !server.isEmpty
    else {
      throw CommandError(
        "either --from-file or the combination of --docker-username, --docker-password and "
          + "--docker-server is required")
    }
    var entries = [("username", user), ("password", password)]
    if let email = invocation.text(email), !email.isEmpty { entries.append(("email", email)) }
    entries.append(("auth", Base64(Array("\(user):\(password)".utf8)).text))
    let fields = entries.map { "\"\($0)\":\(json($1))" }.joined(separator: ",")
    let text = "{\"auths\":{\(json(server)):{\(fields)}}}"
    return [".dockerconfigjson": Base64(Array(text.utf8))]
  }

  private static func json(_ text: String) -> Substring { Node.string(text).jsonText().dropLast() }
}
