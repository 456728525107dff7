import PodModel
import Testing

@testable import PodShim

/// Templates of JSONPath, compared with the real kubectl on the same object.
@Suite("JSONPath is kubectl's")
struct KubectlJSONPathTests {
  private static let object = """
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
      labels: {app: web, tier: "1"}
      annotations: {example.com/note: "a <b> & \\"c\\"", empty: ""}
    spec:
      hostNetwork: false
      priority: 10
      containers:
      - name: one
        image: nginx
        ports: [{containerPort: 80, name: http}, {containerPort: 443, name: https}]
        env: [{name: A, value: "1"}, {name: B, value: "2"}]
      - name: two
        image: busybox
        command: [sh, -c, "echo 'hi'\\nsleep 1"]
        tty: true
        ports: [{containerPort: 8080}]
      - name: three
        image: redis
    status: {}

    """

  static let templates = [
    // Fields.
    "{.metadata.name}", "{.kind}", "{$.kind}", "{@.kind}", "{.metadata.nothing}",
    "{.nothing.at.all}",
    ".metadata.name", "name is {.metadata.name}", "{.metadata.name}{.kind}",
    "{.metadata.name} {.kind}\n",
    "{.metadata.labels}", "{.metadata.annotations}", "{.metadata.annotations.example\\.com/note}",
    "{.metadata.annotations['example\\.com/note']}", "{.metadata.annotations['example.com/note']}",
    "{.metadata['name']}", "{.metadata['labels'].app}", "{['metadata'].name}",
    "{.metadata[\"name\"]}",
    "{.spec.hostNetwork}", "{.spec.priority}", "{.metadata.annotations.empty}", "{.status}",
    "{ .kind }",
    "{.spec.containers[1].tty}", "{.metadata.name.more}", "{}", "{.}", "{$}", "{@}",
    // Lists.
    "{.spec.containers[0].name}", "{.spec.containers[-1].name}", "{.spec.containers[-3].name}",
    "{.spec.containers[*].name}", "{.spec.containers[:].name}", "{.spec.containers[0:2].name}",
    "{.spec.containers[1:].name}", "{.spec.containers[:-1].name}", "{.spec.containers[0:3:2].name}",
    "{.spec.containers[::2].name}", "{.spec.containers[0:0].name}", "{.spec.containers[3].name}",
    "{.spec.containers[-4].name}", "{.spec.containers[2:1].name}", "{.spec.containers[0:9].name}",
    "{.spec.containers[0:2:0].name}", "{.spec.containers[0,2].name}",
    "{.spec.containers[0, 1].name}",
    "{.spec.containers[0]['name','image']}", "{.spec.containers[*]['name','image']}",
    "{.metadata[0]}", "{.metadata.name[0]}", "{.spec.priority[*]}", "{.spec.containers[*].ports}",
    "{.spec.containers[0].ports[*].containerPort}", "{.spec.containers[*].ports[*].containerPort}",
    "{.spec.containers[*].ports[0].containerPort}", "{.spec.containers}",
    "{.spec.containers[1].command}",
    "{.spec.containers[0].ports.*}", "{.spec.containers[0].env[*]}",
    // Descent.
    "{..containerPort}", "{.spec..image}", "{..ports[0].name}", "{.spec.containers..image}",
    "{...containerPort}",
    "{..nothing}", "{.spec.containers[0].ports..name}",
    "{.spec.containers[2].*}{.spec.containers[2].image}",
    // Filters.
    "{.spec.containers[?(@.name==\"two\")].image}", "{.spec.containers[?(@.name=='two')].image}",
    "{.spec.containers[?(@.name == \"two\")].image}",
    "{.spec.containers[?(@.name!=\"two\")].image}",
    "{.spec.containers[?(@.tty)].name}", "{.spec.containers[?(@.tty==true)].name}",
    "{.spec.containers[?(@.tty!=true)].name}", "{.spec.containers[?(@.tty<true)].name}",
    "{.spec.containers[?(.name==\"one\")].name}", "{.spec.containers[?($.name==\"one\")].name}",
    "{.spec.containers[0].ports[?(@.containerPort>80)].name}",
    "{.spec.containers[0].ports[?(@.containerPort>=80)].name}",
    "{.spec.containers[0].ports[?(@.containerPort<443)].name}",
    "{.spec.containers[0].ports[?(@.containerPort<=443)].name}",
    "{.spec.containers[0].ports[?(@.containerPort==80)].name}",
    "{.spec.containers[0].ports[?(@.containerPort==\"80\")].name}",
    "{.spec.containers[0].ports[?(@.containerPort==80.5)].name}",
    "{.spec.containers[?(@.name>\"one\")].name}", "{.spec.containers[?(@.name<\"two\")].name}",
    "{.spec.containers[?(@.ports[0].containerPort==80)].name}",
    "{.spec.containers[?(@.ports[*].containerPort==80)].name}",
    "{.spec.containers[?(@.name==@.image)].name}", "{.spec.containers[?(@.env[*].name)].name}",
    "{.spec.containers[?(@.ports==\"x\")].name}", "{.spec.containers[?(@.name=\"one\")].name}",
    "{.spec.containers[?(@.name=~\"one\")].name}", "{.metadata[?(@.name==\"x\")]}",
    "{.spec.containers[?(@.name==\"a)b\")].name}",
    "{.spec.containers[?(@.name==\"one\" && @.tty)].name}",
    "{.spec.containers[?(@.image=='nginx')].ports[?(@.name=='http')].containerPort}",
    "{.spec.containers[?(@.nothing)].name}", "{.spec.containers[?(@.name==)].name}",
    // Ranges.
    "{range .spec.containers[*]}{.name}{\"\\n\"}{end}",
    "{range .spec.containers[*]}{.name}={.image},{end}",
    "{range .spec.containers[*]}{.name}:{range .ports[*]}{.containerPort},{end};{end}",
    "{range .nothing[*]}{.name}{end}after", "{range .spec.containers[*]}{.nothing}-{end}",
    "{range .spec.containers[*]}[{.name}]{end}{.metadata.name}", "{end}", "{.kind}{end}",
    "{range .metadata}{.name}{end}", "{range .spec.containers[0:2]}{.name}{'\\t'}{end}",
    "{range .spec.containers[*]}{range .env[*]}{.name}{end}|{end}!",
    // Literals and quotes.
    "{\"a\"}", "{'a'}", "{\"\\t\"}", "{\"\\u0041\\x42\\103\"}", "{\"\\q\"}", "{\"it's\"}",
    "{'say \"x\"'}", "{\"\\\"\"}",
    "{1}", "{-1.5}", "{true}", "{.kind}{\"\\n\"}", "{\"{\"}x{\"}\"}",
    // What cannot be read.
    "{.metadata.name", "{.spec.containers[0}", "{.spec.containers[a]}",
    "{.spec.containers[?(@.name}",
    "{.spec.containers[?(@.name==\"x\")}", "{\"abc}", "{foo}", "{range}", "{(.kind)}",
    "{.kind,.metadata}",
    "{&}", "{.spec.containers[1:2:3:4]}", "{-}", "{.kind}}", "{{.kind}}",
  ]

  @Test("One object, and a hundred ways into it", arguments: templates)
  func text(_ template: String) throws {
    try compare(template, "jsonpath")
  }

  @Test(
    "The same as JSON",
    arguments: [
      "{.metadata.name}", "{.spec.containers[*].name}", "{.metadata.labels}", "{.nothing}",
    ])
  func json(_ template: String) throws {
    try compare(template, "jsonpath-as-json")
  }

  private func compare(_ template: String, _ format: String) throws {
    let theirs = try Kubectl.run(
      ["label", "--local", "-f", "-", "--overwrite", "app=web", "-o", "\(format)=\(template)"],
      input: Self.object)
    let object = try #require(YAMLText(Self.object).documents.first)
    do {
      let path = try JSONPath(template)
      let ours = try format == "jsonpath" ? path.text(of: object) : path.jsonText(of: object)
      #expect(ours == theirs.outputText, "kubectl: \(Kubectl.complaint(theirs))")
      #expect(theirs.succeeded, "kubectl: \(Kubectl.complaint(theirs))")
    } catch {
      #expect(!theirs.succeeded, "ours: \(error), kubectl: \(theirs.outputText)")
      #expect(Kubectl.complaint(theirs).contains("\(error)"))
    }
  }
}
