import Testing

@testable import PodShim

/// `create configmap` and `create secret`, from outside. What is shown is what kubectl 1.32 shows.
@Suite("Objects that a command line describes")
struct CommandsCreateTests {
  private let scratch: LinuxScratch

  init() throws { scratch = try LinuxScratch() }

  private func run(_ arguments: String...) throws -> ProgramResult {
    try scratch.podshim(["create"] + arguments)
  }

  private func shown(_ arguments: String...) throws -> String {
    let result = try scratch.podshim(
      ["create"] + arguments + ["--dry-run=client", "-o", "yaml"])
    return result.outputText + result.errorText
  }

  private func write(_ text: String, to name: String) throws -> String {
    let path = scratch["files/\(name)"]
    try Files.makeDirectories(Files.split(path).directory)
    try Files.write(Array(text.utf8), to: path)
    return path
  }

  @Test func `a ConfigMap of literals, files and a folder is shown and not made`() throws {
    let one = try write("hello\n", to: "dir/a.txt")
    try Files.write([0xff, 0, 0x62, 0x69, 0x6e], to: scratch["files/dir/b.bin"])
    try Files.symlink("a.txt", at: scratch["files/dir/link"])
    try Files.makeDirectories(scratch["files/dir/folder"])
    #expect(
      try shown(
        "cm", "m", "--from-literal=k=v", "--from-file=\(scratch["files/dir"])",
        "--from-file=x=\(one)", "-n", "ns") == """
          apiVersion: v1
          binaryData:
            b.bin: /wBiaW4=
          data:
            a.txt: |
              hello
            k: v
            x: |
              hello
          kind: ConfigMap
          metadata:
            creationTimestamp: null
            name: m
            namespace: ns

          """)
    #expect(try run("cm", "m", "--dry-run=client").outputText == "configmap/m created (dry run)\n")
    let server = try run("cm", "m", "--dry-run=server")
    #expect(server.outputText == "configmap/m created (server dry run)\n")
    #expect(try scratch.podshim(["get", "cm", "m"]).status == .exited(1))
  }

  @Test func `secrets of every type are shown as kubectl shows them`() throws {
    #expect(
      try run(
        "secret", "generic", "s", "--from-literal=k=v", "--type=my/type", "--dry-run=client",
        "-o", "json"
      ).outputText == """
        {
            "kind": "Secret",
            "apiVersion": "v1",
            "metadata": {
                "name": "s",
                "creationTimestamp": null
            },
            "data": {
                "k": "dg=="
            },
            "type": "my/type"
        }

        """)
    #expect(
      try shown(
        "secret", "docker-registry", "r", "--docker-username=u", "--docker-password=p\"&<\u{e9}",
        "--docker-server=reg.example") == """
          apiVersion: v1
          data:
            .dockerconfigjson: eyJhdXRocyI6eyJyZWcuZXhhbXBsZSI6eyJ1c2VybmFtZSI6InUiLCJwYXNzd29yZCI6\
          InBcIlx1MDAyNlx1MDAzY8OpIiwiYXV0aCI6ImRUcHdJaVk4dzZrPSJ9fX0=
          kind: Secret
          metadata:
            creationTimestamp: null
            name: r
          type: kubernetes.io/dockerconfigjson

          """)
  }

  @Test func `a certificate is taken with its own key only`() throws {
    let paths = (scratch["cert"], scratch["key"], scratch["other"])
    try Tool.openssl.run([
      "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=x", "-days", "2", "-keyout",
      paths.1, "-out", paths.0,
    ])
    try Tool.openssl.run(["genrsa", "-out", paths.2, "2048"])
    let pair = try shown("secret", "tls", "t", "--cert", paths.0, "--key", paths.1)
    #expect(pair.hasSuffix("type: kubernetes.io/tls\n"), "\(pair)")
    for (cert, key, message) in [
      (paths.0, paths.2, "private key does not match public key"),
      (paths.1, paths.1, "failed to find any PEM data in certificate input"),
      (paths.0, "/dev/null", "failed to find any PEM data in key input"),
    ] {
      let said = try shown("secret", "tls", "t", "--cert", cert, "--key", key)
      #expect(said == "error: tls: \(message)\n")
    }
    #expect(
      try shown("secret", "tls", "t", "--cert", paths.0)
        == "error: key and cert must be specified\n")
  }

  @Test func `what is made is there, once, and wrong words make nothing`() throws {
    let env = try write("A=1\n", to: "env")
    let made = try run("secret", "generic", "s", "--from-env-file", env)
    #expect(made.outputText == "secret/s created\n", "\(made.errorText)")
    let stored = try scratch.podshim(["get", "secret", "s", "-o", "yaml"]).outputText
    #expect(stored.contains("data:\n  A: MQ==\n") && stored.contains("type: Opaque\n"))
    for (words, message) in [
      (["secret", "generic", "s"], "Error: secrets \"s\" already exists\n"),
      (
        ["cm", "m", "--from-env-file", env, "--from-literal=a=b"],
        "error: from-env-file cannot be combined with from-file or from-literal\n"
      ),
      (
        ["cm", "m", "--from-file=/nothere"],
        "error: error reading /nothere: no such file or directory\n"
      ),
      (["cm", "m", "--from-file=k=/"], "error: cannot give a key name for a directory path\n"),
      (["cm", "m", "--from-env-file=/"], "error: env config file cannot be a directory\n"),
    ] {
      let result = try scratch.podshim(["create"] + words)
      #expect(result.errorText == message)
      #expect(result.status == .exited(1))
    }
    for words in [
      ["cm"], ["cm", "m", "n"], ["secret", "generic"], ["secret", "s"], ["pod", "p"],
      ["cm", "m", "--cert=x"], ["-f", "-", "--from-literal=a=b"], ["-f", "-", "cm", "m"],
    ] {
      #expect(try scratch.podshim(["create"] + words).status == .exited(2), "\(words)")
    }
    let invalid = try run("cm", "M_x")
    #expect(
      invalid.errorText.hasPrefix("The ConfigMap \"M_x\" is invalid: metadata.name: Invalid value"),
      "\(invalid.errorText)")
  }

  @Test func `errors of a manifest come before its warnings`() throws {
    let manifest = """
      apiVersion: v1
      kind: Pod
      metadata: {name: web}
      spec:
        terminationGracePeriodSeconds: -1
        containers: [{name: web}]

      """
    let result = try scratch.podshim(["create", "-f", "-"], input: manifest)
    let lines = result.errorText.split(separator: "\n").map { $0.prefix(8) }
    #expect(lines.first == "error: s" && lines.last == "Warning:", "\(result.errorText)")
  }
}
