import PodModel
import Testing

@testable import PodShim

@Suite("The ports of port-forward")
struct CommandsPortForwardTests {
  private static let pod = Manifest.read(
    text: """
      {apiVersion: v1, kind: Pod, metadata: {name: web}, spec: {containers: [{name: c, image: i,
        ports: [{name: http, containerPort: 80}, {name: dns, containerPort: 53, protocol: UDP}]}]}}
      """, file: "pod.yaml"
  ).pods[0]

  @Test(
    arguments: [
      ("8080", 8080, 8080), ("8888:80", 8888, 80), (":80", 0, 80), ("0:80", 0, 80),
      ("8888:http", 8888, 80), ("http", 80, 80), (":http", 0, 80),
    ] as [(String, UInt16, UInt16)])
  func `are read as kubectl reads them`(_ text: String, _ local: UInt16, _ remote: UInt16) throws {
    let pair = try PortPair(text, of: Self.pod)
    #expect(pair.local == local && pair.remote == remote)
  }

  @Test(arguments: [
    ("", "invalid port format"), ("80:", "invalid port format"), ("1:2:3", "invalid port format"),
    ("x:80", "invalid local port"), ("65536:80", "invalid local port"), ("80:0", "no port '0'"),
    ("80:65536", "no port '65536'"), ("8888:https", "no port 'https'"),
    ("8888:dns", "not a TCP port"),
  ])
  func `that are none are refused`(_ text: String, _ message: String) {
    let error = #expect(throws: CommandError.self) { try PortPair(text, of: Self.pod) }
    #expect(error?.description.contains(message) == true)
  }
}
