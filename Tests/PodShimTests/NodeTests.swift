import PodModel
import Testing

@testable import PodShim

/// This host and its labels.
@Suite struct NodeTests {
  private let scratch: LinuxScratch
  private var root: String { scratch["root"] }

  init() throws { scratch = try LinuxScratch() }

  @Test func `a host has the labels that a kubelet gives it`() throws {
    let node = try NodeRecord.read(root: root)
    #expect(node.name == NodeRecord.hostname())
    #expect(node.labels["kubernetes.io/hostname"] == node.name)
    #expect(node.labels["kubernetes.io/os"] == "linux")
    #expect(["amd64", "arm64"].contains(node.labels["kubernetes.io/arch"]))
  }

  @Test func `what is said of a host is kept, and what can be found out wins`() throws {
    _ = try NodeRecord.change(root: root) {
      $0.given["disktype"] = "ssd"
      $0.given["rack"] = "7"
      $0.given["kubernetes.io/os"] = "plan9"
    }
    _ = try NodeRecord.change(root: root) { $0.given["rack"] = nil }
    let node = try NodeRecord.read(root: root)
    #expect(node.labels["disktype"] == "ssd")
    #expect(node.labels["rack"] == nil)
    #expect(node.labels["kubernetes.io/os"] == "linux")
    #expect(node.created != nil)
  }

  @Test func `a label that looks like a number stays a text`() throws {
    _ = try NodeRecord.change(root: root) {
      $0.given["cores"] = "08"
      $0.given["fast"] = "true"
      $0.given["empty"] = ""
    }
    let node = try NodeRecord.read(root: root)
    #expect(node.given == ["cores": "08", "fast": "true", "empty": ""])
  }

  @Test func `a change that is refused changes nothing`() throws {
    _ = try NodeRecord.change(root: root) { $0.given["disktype"] = "ssd" }
    #expect(throws: CommandError.self) {
      try NodeRecord.change(root: root) {
        $0.given["disktype"] = "hdd"
        throw CommandError("no")
      }
    }
    #expect(try NodeRecord.read(root: root).given == ["disktype": "ssd"])
  }

  private func label(_ words: String...) throws -> CInt {
    let arguments = ["label"] + words + ["--root", root, "--state", scratch["state"]]
    return try LabelCommand.run(ArgumentReader.read(arguments))
  }

  @Test func `the command gives, changes and takes away labels`() throws {
    #expect(try label("node", "disktype=ssd", "rack=7") == 0)
    #expect(try label("nodes", NodeRecord.hostname(), "rack-") == 0)
    #expect(try label("no/" + NodeRecord.hostname(), "disktype=nvme", "--overwrite") == 0)
    #expect(try NodeRecord.read(root: root).given == ["disktype": "nvme"])
  }

  @Test(arguments: [
    (["node", "disktype=hdd"], "already has a value (ssd), and --overwrite is false"),
    (["node", "nowhere", "a=b"], "nodes \"nowhere\" not found"),
    (["node", "a b=c"], "invalid label \"a b=c\": Invalid value"),
    (["node", "a=b c"], "invalid label value: \"a=b c\": a valid label must be"),
    (["node", "kubernetes.io/os=plan9"], "finds out about this host"),
    (["node", "a=b", "a-"], "can not both modify and remove a label in the same command"),
    (["node"], "at least one label update is required"),
    (["pod", "a=b"], "one or more pods must be named, or chosen by --all or -l"),
    (["events", "a=b"], "there is no resource type \"events\""),
    (["node", "a"], "at least one label update is required"),
  ])
  func `what is no label, or not to be said, is refused`(_ words: [String], _ message: String)
    throws
  {
    _ = try label("node", "disktype=ssd")
    do {
      let arguments = ["label"] + words + ["--root", root, "--state", scratch["state"]]
      _ = try LabelCommand.run(ArgumentReader.read(arguments))
      Issue.record("\(words) was taken")
    } catch {
      #expect("\(error)".contains(message), "\(error)")
    }
    #expect(try NodeRecord.read(root: root).given == ["disktype": "ssd"])
  }

  @Test func `columns and object of a host`() throws {
    let node = try NodeRecord.read(root: root)
    let columns = TableColumns(withLabels: true)
    let row = columns.row(Resource(.node(node)), now: Timestamp(wall: Clock.wall()))
    #expect(columns.header(.node) == ["NAME", "STATUS", "ROLES", "AGE", "VERSION", "LABELS"])
    #expect(row.first == node.name)
    #expect(row.joined().contains("kubernetes.io/os=linux"))
    #expect(node.object["kind"] == .string("Node"))
    let text = NodeDescription.of(
      node, pods: [], now: Timestamp(seconds: 0), time: .utc
    ).text
    #expect(text.hasPrefix("Name:  "))
    #expect(text.contains("Non-terminated Pods:          (0 in total)\n"))
  }
}

@Suite struct ResourceNamesTests {
  private func read(_ words: [String]) throws -> ResourceNames {
    let invocation = try ArgumentReader.read(["get"] + words)
    return try ResourceNames.read(invocation, invocation.operands, among: [.pod, .event, .node])
  }

  @Test func `a type, a type with names, and names with types`() throws {
    #expect(try read(["po"]) == ResourceNames(kind: .pod, names: []))
    #expect(try read(["pods", "a", "b"]) == ResourceNames(kind: .pod, names: ["a", "b"]))
    #expect(try read(["pod/a", "po/b"]) == ResourceNames(kind: .pod, names: ["a", "b"]))
    #expect(try read(["ev"]) == ResourceNames(kind: .event, names: []))
    #expect(try read(["node/x"]) == ResourceNames(kind: .node, names: ["x"]))
  }

  @Test(arguments: [["pod/a", "node/b"], ["pot"], ["pod/"], ["a/b/c"], ["deployments"]])
  func `what is none of these is refused`(_ words: [String]) {
    #expect(throws: UsageError.self) {
      let invocation = try ArgumentReader.read(["get"] + words)
      return try ResourceNames.read(invocation, invocation.operands, among: [.pod, .event, .node])
    }
  }
}
