import Glibc
import PodModel
import Testing

@testable import PodShim

extension Pods {
  @Suite("Pods get what is theirs alone")
  struct TokenTests {
    @Test("Of two namespaces each has its own", arguments: RuntimeKind.all)
    func namespaces(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        for place in ["default", "other"] {
          try world.podshim(
            ["create", "-f", "-"],
            input: "{apiVersion: v1, kind: Secret, metadata: {name: keys, namespace: \(place)}, "
              + "stringData: {\(place): mine}}")
        }
        try world.create(
          Spec.shell(
            "ls /v /w; id -u; cat /v/default",
            pod: """
              restartPolicy: Never
              securityContext: {runAsUser: 1000}
              volumes:
              - {name: v, secret: {secretName: keys}}
              - {name: w, projected: {sources: [{secret: {name: keys}}]}}
              """, container: "volumeMounts: [{name: v, mountPath: /v}, {name: w, mountPath: /w}]"))
        try world.wait(until: .succeeded)
        #expect(try world.logs(of: "main") == "/v:\ndefault\n\n/w:\ndefault\n1000\nmine")
      }
    }

    @Test("A token is what its pod asks for, and openssl finds it true", arguments: RuntimeKind.all)
    func token(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try world.create(
          Spec.shell(
            "stat -L -c '%a %u %g' /v/token; cat /v/token",
            pod: """
              restartPolicy: Never
              securityContext: {runAsUser: 1000, fsGroup: 1001}
              volumes:
              - name: v
                projected:
                  sources:
                  - serviceAccountToken: {path: token, audience: vault, expirationSeconds: 600}
              """, container: "volumeMounts: [{name: v, mountPath: /v}]"))
        try world.wait(until: .succeeded)
        let lines = try world.logs(of: "main").split(separator: "\n")
        try #require(lines.count == 2)
        #expect(lines[0] == "640 1000 1001")
        let claims = try #require(WebToken.claims(of: Array(lines[1].utf8)))
        #expect(claims.aud == ["vault"] && claims.exp - claims.iat == 600)
        #expect(claims.kubernetes.pod.uid == (try world.uid()))
        let parts = lines[1].split(separator: ".")
        let signature = try #require(Base64(urlText: String(parts[2])))
        try Files.write(signature.bytes, to: world.folder + "/signature")
        try Tool.openssl.run(
          [
            "dgst", "-sha256", "-verify", "\(world.root)/keys/service-account.key.pub",
            "-signature",
            world.folder + "/signature",
          ], input: Array("\(parts[0]).\(parts[1])".utf8))
      }
    }
  }
}
