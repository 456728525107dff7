/// Pods of several containers that each run a script. All of them find the same folder at /out,
/// where they can leave a word that outlives them.
extension Spec {
  /// One container, as an item of a list.
  ///
  /// - Parameter more: more of its lines, such as a probe.
  static func container(_ name: String, _ script: String, _ more: String = "") -> String {
    let quoted = script.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
      .replacing("\n", with: "\\n")
    let lines =
      ["image: busybox", "command: [sh, -c, \"\(quoted)\"]"]
      + ["volumeMounts: [{name: out, mountPath: /out}]"]
      + more.split(separator: "\n").map(String.init)
    return "- name: \(name)\n" + lines.map { "  \($0)\n" }.joined()
  }

  /// An init container that goes on for as long as the pod does.
  static func sidecar(_ name: String, _ script: String, _ more: String = "") -> String {
    container(name, script, "restartPolicy: Always\n" + more)
  }

  /// - Parameters:
  ///   - more: more lines of the spec.
  ///   - out: the folder of the host that is at /out; nil for one of the pod's own.
  static func pod(
    _ more: String = "", initial: [String] = [], _ containers: [String], out: String? = nil,
    grace: Int = 2
  ) -> String {
    let source = out.map { "hostPath: {path: \($0), type: DirectoryOrCreate}" } ?? "emptyDir: {}"
    let start = initial.isEmpty ? "" : "initContainers:\n" + initial.joined()
    return """
      terminationGracePeriodSeconds: \(grace)
      volumes: [{name: out, \(source)}]
      \(more)
      \(start)containers:
      \(containers.joined())
      """
  }

  /// Goes on until it is told to end, and then leaves its name in /out/log.
  static func ends(_ name: String) -> String {
    "trap 'echo \(name) ends >> /out/log; exit 0' TERM; sleep 1000 & wait"
  }

  /// Does not listen.
  static let deaf = "trap '' TERM; while true; do sleep 1; done"
}
