/// The spec of a pod in YAML, for tests whose pod is one container that runs one script: only what
/// the test is about is written down.
enum Spec {
  /// For a script that has nothing more to do: it ends when it is asked to.
  static let idle = "trap 'exit 0' TERM; sleep 1000 & wait"

  /// - Parameters:
  ///   - pod: more lines of the spec, such as `restartPolicy: Never`.
  ///   - container: more lines of the container, which is called `main`.
  ///   - grace: seconds. Short, because a signal that comes before a shell has set its trap is
  ///     lost.
  static func shell(
    _ script: String, pod: String = "", container: String = "", grace: Int = 2
  ) -> String {
    """
    \(pod)
    terminationGracePeriodSeconds: \(grace)
    containers:
    - name: main
      image: busybox
      command:
      - sh
      - -c
      - |
    \(indented(script, by: 4))
    \(indented(container, by: 2))
    """
  }

  private static func indented(_ text: String, by count: Int) -> String {
    let blanks = String(repeating: " ", count: count)
    return text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { "\(blanks)\($0)" }.joined(separator: "\n")
  }
}
