import CLinux
import Glibc
import PodModel

/// One run of one container as the supervisor holds it: its process, its streams, its log.
final class ContainerRun {
  let instance: Instance
  let id: String
  var stdio: ContainerStdio
  /// The container's first process, once it exists.
  var process: PidDescriptor?
  let log: LogFile
  private(set) var streams: [LogStream] = []
  /// The end of the first client's input is the end of the container's (`stdinOnce`).
  var inputEndsWithClient = false
  /// Lets go of the keeper's copies of the input pipe.
  var whenInputEnds: () -> Void = {}
  /// Hooks and probes that have not been answered.
  var inquiries: [Inquiry] = []
  /// Those who watch the container's output.
  var attached: [AttachSession] = [] {
    didSet { streams.forEach(show) }
  }

  /// - Parameter spool: prefix of the spool files' paths.
  init(
    _ instance: Instance, id: String, stdio: ContainerStdio, log: LogFile, spool: String
  ) throws(SyscallError) {
    self.instance = instance
    self.id = id
    self.stdio = stdio
    self.log = log
    if let output = stdio.output {
      streams.append(try LogStream(.stdout, from: output, spool: spool + ".stdout", log: log))
    }
    if let errors = stdio.errors {
      streams.append(try LogStream(.stderr, from: errors, spool: spool + ".stderr", log: log))
    }
  }

  /// Has those who watch see what comes; reading it once more is for nobody else.
  private func show(_ stream: LogStream) {
    let kind = stream.stream
    stream.tap =
      attached.isEmpty
      ? nil : { [weak self] bytes in self?.attached.forEach { $0.show(bytes, from: kind) } }
  }

  /// A terminal has one stream, which is logged as standard output.
  func takeTerminal(_ terminal: OwnedDescriptor, spool: String) throws(SyscallError) {
    stdio.terminal = terminal
    let stream = try LogStream(.stdout, from: terminal, spool: spool + ".terminal", log: log)
    streams.append(stream)
    show(stream)
  }

  /// A client has no more input. A terminal stays open: Ctrl-D is a key there.
  func clientInputEnded() {
    guard inputEndsWithClient, stdio.terminal == nil else { return }
    stdio.input = nil
    whenInputEnds()
  }

  /// Takes over what the streams hold. Never blocks.
  func pump() {
    for stream in streams { perform("read the output of \(instance)") { try stream.pump() } }
  }

  /// The same, and whatever has no newline at its end: nothing more will come.
  func drain() {
    for stream in streams { perform("read the output of \(instance)") { try stream.flush() } }
    log.close()
  }

  private func perform(_ what: String, _ work: () throws -> Void) {
    do { try work() } catch { Diagnostics.report("cannot \(what): \(error)") }
  }
}

/// A process that is not our child: a descriptor that stays its own whatever becomes of its pid.
final class PidDescriptor {
  let pid: pid_t
  let pidfd: FileDescriptor

  /// nil when the process is gone.
  init?(_ pid: pid_t) {
    guard let pidfd = try? PidFD.open(pid) else { return nil }
    self.pid = pid
    self.pidfd = pidfd
  }

  /// A process that is gone has nothing to hear: no error.
  func signal(_ signal: CInt) { try? PidFD.signal(pidfd.raw, signal) }
}
