import Glibc
import OCISpec
import PodModel

/// One hook or probe that is under way, with the program that carries it out. Its end comes once,
/// and does not come at all after `drop`.
final class Inquiry {
  enum End {
    case ended(ExitStatus, [UInt8])
    /// It took longer than it may; the program was killed.
    case late
    /// It was not even begun.
    case refused(String)
  }

  private var then: ((End) -> Void)?
  private var alarm: Loop.Alarm?
  /// Ends the program that runs; set as soon as there is one.
  var kill: () -> Void = {}
  /// What the program prints.
  let output: OutputCapture

  /// - Parameter most: bytes of its output that are kept.
  init(
    _ loop: Loop, within limit: Duration?, keeping most: Int = OutputCapture.longest,
    then: @escaping (End) -> Void
  ) throws(SyscallError) {
    output = try OutputCapture(loop, keeping: most)
    self.then = then
    guard let limit else { return }
    alarm = loop.after(limit) { [unowned self] in
      kill()
      finish(.late)
    }
  }

  var isOver: Bool { then == nil }

  func ended(_ status: ExitStatus) {
    guard !isOver else { return }
    finish(.ended(status, output.finish()))
  }

  func finish(_ end: End) {
    guard let then else { return }
    close()
    then(end)
  }

  /// Nobody wants to know any more.
  func drop() {
    guard !isOver else { return }
    kill()
    close()
  }

  private func close() {
    then = nil
    alarm?.cancel()
    output.close()
  }
}

/// Ways to carry one out.
extension Supervisor {
  /// Runs a command in the container. The runtime leaves as soon as it is there: its process is the
  /// keeper's then, whose journal tells how it ended.
  func exec(
    _ command: [String], in run: ContainerRun, within limit: Duration?,
    then: @escaping (Inquiry.End) -> Void
  ) {
    inquire(of: run, within: limit, then: then) { inquiry in
      let bundle = paths.bundle(run.instance.container, run: run.instance.run)
      let process = try ExecProcess.like(bundle, running: command)
      let file = try ExecProcess.file(process)
      inquiryCount += 1
      let files = (
        pid: "\(bundle)/exec-\(inquiryCount).pid", log: "\(bundle)/exec-\(inquiryCount).log"
      )
      let words = runtime.execDetached(
        run.id, process: "/proc/self/fd/3", pidFile: files.pid, log: files.log)
      var program = Program(words[0], words)
      let writer = inquiry.output.writer?.raw ?? -1
      // Who is not root may open it anew, as /dev/stdout.
      fchown(writer, uid_t(process.user?.uid ?? 0), gid_t(process.user?.gid ?? 0))
      program.descriptors = [-1, writer, writer, file.raw]
      let position = processes.position
      try start(program, for: inquiry) { [unowned self] status in
        defer { for file in [files.pid, files.log] { unlink(file) } }
        guard status == .exited(0), let pid = try? PidFile.read(files.pid) else {
          let said = Supervisor.text(inquiry.output.finish())
          return inquiry.finish(.refused(RuntimeLog.lastError(files.log) ?? said))
        }
        let process = PidDescriptor(pid)
        inquiry.kill = { process?.signal(SIGKILL) }
        // It was late before it was there.
        if inquiry.isOver { inquiry.kill() }
        processes.expect(pid, since: position) { status, _ in inquiry.ended(status) }
      }
    }
  }

  /// Runs a program of this host and answers with its end.
  func ask(
    _ program: Program, for run: ContainerRun, within limit: Duration?,
    then: @escaping (Inquiry.End) -> Void
  ) {
    inquire(of: run, within: limit, then: then) { try begin(program, for: $0) }
  }

  /// Starts a program whose output and end are the answer.
  func begin(_ program: Program, for inquiry: Inquiry) throws(SyscallError) {
    var program = program
    let own: [CInt] = [-1, inquiry.output.writer?.raw ?? -1, -1]
    program.descriptors = own + program.descriptors.dropFirst(3)
    try start(program, for: inquiry) { inquiry.ended($0) }
  }

  private func inquire(
    of run: ContainerRun, within limit: Duration?, then: @escaping (Inquiry.End) -> Void,
    _ begin: (Inquiry) throws -> Void
  ) {
    run.inquiries.removeAll(where: \.isOver)
    do {
      let inquiry = try Inquiry(loop, within: limit, then: then)
      run.inquiries.append(inquiry)
      do { try begin(inquiry) } catch { inquiry.finish(.refused("\(error)")) }
    } catch {
      then(.refused("\(error)"))
    }
  }

  private func start(
    _ program: Program, for inquiry: Inquiry, then: @escaping (ExitStatus) -> Void
  ) throws(SyscallError) {
    var program = program
    program.deathSignal = SIGKILL
    let child = try loop.run(program, within: Supervisor.inquiryPatience, then: then)
    inquiry.kill = { try? child.signal(SIGKILL) }
    inquiry.output.wasStarted()
  }

  /// A hook may take as long as it likes; what it may not is to be forgotten for ever.
  private static let inquiryPatience = Duration.seconds(366 * 86400)

  /// Printed text as a message has it.
  static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
