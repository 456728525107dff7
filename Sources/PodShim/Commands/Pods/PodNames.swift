/// The name of a pod among the words of a command line: `web` or `pod/web`.
enum PodNames {
  /// The one pod that `logs`, `exec` and `attach` are about.
  static func single(_ invocation: Invocation) throws -> String {
    let word = invocation.operands[0]
    guard word.contains("/") else { return word }
    return try ResourceNames.read(invocation, [word], among: [.pod]).names[0]
  }
}
