import Glibc
import PodModel

/// The last words of a container: a file that it may write, else the end of its log.
enum TerminationMessage {
  /// kubelet MaxContainerTerminationMessageLength.
  private static let longest = 4096
  /// What the messages of all containers of a pod may have together
  /// (kubelet `MaxPodTerminationMessageLogLength`).
  private static let longestOfPod = 12 * 1024
  /// kubelet MaxContainerTerminationMessageLogLength and …LogLines.
  private static let longestLog = 2048
  private static let mostLines = 80

  /// Makes the file, which any user of the container may write; answers its path.
  static func prepare(_ writable: String) throws(SyscallError) -> String {
    let path = writable + "/termination-log"
    try Files.write([], to: path)
    try checked("chmod", path) { chmod(path, 0o666) }
    return path
  }

  /// What the container left when it ended with `status`.
  static func read(
    _ container: Container, _ run: ContainerRun, _ status: ExitStatus, in pod: Pod,
    paths: PodPaths
  ) -> String {
    let writable = paths.writable(run.instance.container, run: run.instance.run)
    let share = longestOfPod / max(pod.spec.allContainers.count, 1)
    // The container may have made it as large as it likes.
    let file = (try? Files.tail(writable + "/termination-log", longest)) ?? []
    if !file.isEmpty { return String(decoding: file.prefix(share), as: UTF8.self) }
    guard container.terminationMessagePolicy == .fallbackToLogsOnError, status.code != 0 else {
      return ""
    }
    return String(decoding: tail(of: run.log).prefix(share), as: UTF8.self)
  }

  private static func tail(of log: LogFile) -> ArraySlice<UInt8> {
    // Lines carry a time and a stream; 80 short lines with theirs fit in this, and so does one of
    // the longest with what follows it.
    let bytes = (try? log.tail(32768)) ?? []
    let texts = bytes.split(separator: newline).suffix(mostLines).map { line in
      let words = line.split(
        separator: UInt8(ascii: " "), maxSplits: 3, omittingEmptySubsequences: false)
      guard words.count == 4 else { return Array(line) }
      return Array(words[3]) + (words[2].first == UInt8(ascii: "F") ? [newline] : [])
    }
    return Array(texts.joined()).suffix(longestLog)
  }
}
