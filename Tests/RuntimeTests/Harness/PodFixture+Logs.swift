import Glibc

@testable import PodShim

/// The log files of a container, rotated ones among them.
extension PodFixture {
  /// Has logs rotated when they have so many bytes, and that many files kept.
  func rotateLogs(at size: Int, keeping files: Int) {
    environment += [
      "PODSHIM_CONTAINER_LOG_MAX_SIZE=\(size)", "PODSHIM_CONTAINER_LOG_MAX_FILES=\(files)",
      "PODSHIM_CONTAINER_LOG_MONITOR_INTERVAL=0",
    ]
  }

  func logFolder(of container: String = "main", of pod: String = "pod") throws -> String {
    "\(root)/log/pods/default_\(pod)_\(try uid(of: pod))/\(container)"
  }

  /// The files of one run, oldest first, by their names.
  func logFiles(_ folder: String, run: Int = 0) -> [String] {
    RotatedLog.all(of: "\(run).log", in: folder).map { "\(run).log.\($0.suffix)" } + ["\(run).log"]
  }

  /// What the container printed, out of all files of a run.
  func printed(_ folder: String, run: Int = 0) throws -> [UInt8] {
    var text: [UInt8] = []
    for name in logFiles(folder, run: run) {
      var lines = LogLines()
      let bytes = try Files.read("\(folder)/\(name)")
      let plain =
        name.hasSuffix(".gz")
        ? try Program("/usr/bin/gzip", ["gzip", "-dc"]).run(input: bytes).output : bytes
      for line in lines.take(plain) {
        text += line.text
        if line.isComplete { text.append(newline) }
      }
    }
    return text
  }
}
