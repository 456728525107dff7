import Glibc

/// The host's curl, which speaks what we do not: TLS and HTTP/2.
///
/// One process for one request, with none of the user's configuration and no proxy. What it prints
/// is read as it comes, by the same reader as a socket; it is killed when nobody wants more.
final class Curl {
  /// The environment of whoever starts curl: nothing of ours, a proxy least of all.
  static let path = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

  let output: TimedReader
  private let child: Child
  private let errors: OwnedDescriptor
  private let deadline: Duration?

  /// - Parameters:
  ///   - input: what it reads as standard input, a file.
  ///   - dump: becomes descriptor 3.
  init(
    _ arguments: [String], input: CInt = -1, dump: CInt = -1, until deadline: Duration?
  ) throws(TransportError) {
    guard let program = Program.find("curl") else {
      throw .failed("`curl` is not installed on this host: install the package `curl`")
    }
    let always = ["curl", "--disable", "--silent", "--show-error", "--noproxy", "*", "--globoff"]
    do throws(SyscallError) {
      let printed = try Pipe.make(nonblockingRead: true).split()
      let complained = try Pipe.make(nonblockingRead: true).split()
      var curl = Program(program, always + arguments)
      curl.environment = ["LC_ALL=C", Curl.path]
      curl.directory = "/"
      curl.descriptors = [input, printed.writer.raw, complained.writer.raw, dump]
      // Killed with us, whoever kills us.
      curl.deathSignal = SIGKILL
      child = try curl.spawn()
      output = TimedReader(printed.reader, deadline: deadline)
      errors = complained.reader
    } catch {
      throw .failed("\(error)")
    }
    self.deadline = deadline
  }

  deinit {
    // It has ended, or is of no use any more; both fail only for one that was reaped.
    try? child.signal(SIGKILL)
    _ = try? child.wait()
  }

  /// How it ended.
  struct End {
    var status: ExitStatus
    var complaint: String
  }

  /// Waits for the end.
  func end() throws(TransportError) -> End {
    try TimedReader.wait(child.pidfd.raw, for: POLLIN, until: deadline)
    do throws(SyscallError) {
      let status = try child.wait()
      return End(status: status, complaint: String(decoding: try errors.readAll(), as: UTF8.self))
    } catch {
      throw .failed("\(error)")
    }
  }
}

extension Curl.End {
  /// The words of its last complaint.
  var reason: String {
    let line = complaint.split(whereSeparator: \.isNewline).last { $0.hasPrefix("curl: ") }
    return line.map(String.init) ?? "curl: \(status)"
  }

  /// Why no answer came over TLS, as far as curl lets us know, in Go's words.
  var error: TransportError {
    func says(_ words: String) -> Bool { complaint.contains(words) }
    switch status {
    case .exited(28): return .timedOut
    // What OpenSSL and what GnuTLS say of bytes that are no TLS.
    case .exited(35) where says("wrong version number") || says("unexpected TLS packet"):
      return HTTPFailure.plainAnswer
    case .exited(35) where says("reset by peer"), .exited(56) where says("reset by peer"):
      return .failed("read: connection reset by peer")
    case .exited(35) where says("SSL_ERROR_SYSCALL"), .exited(52): return .failed("EOF")
    default: return .failed(reason)
    }
  }
}
