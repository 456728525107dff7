import Glibc
import PodModel

/// One question to a server of the pod, asked by a child process in the pod's network.
///
/// The supervisor makes one from a probe or a hook, starts its `program()` with the pod's network
/// namespace among `namespaces` and a pipe as descriptor 1, and reads the `ProbeAnswer` from how it
/// ends. The child keeps the timeout itself; whoever kills it for being late has `answerWhenLate`.
struct NetworkInquiry: Equatable {
  /// It decides about the User-Agent and about what counts as success.
  enum Purpose: String, CaseIterable {
    case probe, hook
  }

  enum Question: Equatable {
    /// `headers` as the manifest has them.
    case http(HTTPURL, headers: [HTTPHeader])
    case tcp(ProbeTarget)
    case grpc(ProbeTarget, service: String)
  }

  var question: Question
  var purpose = Purpose.probe
  /// In seconds; nil waits for ever.
  var timeout: Int?
  /// A hosts file in which names are looked up; nil is that of the host.
  var hosts: String?

  /// - Parameters:
  ///   - address: the pod's; nil is a pod without one, where 127.0.0.1 takes its place.
  ///   - timeout: in seconds; nil and 0 are none.
  static func httpGet(
    _ action: HTTPGetAction, of container: Container, at address: String?, timeout: Int? = nil,
    purpose: Purpose = .probe
  ) throws(InquiryError) -> NetworkInquiry {
    let target = try ProbeTarget(
      host: action.host, port: action.port, of: container, at: address)
    let url = HTTPURL(
      scheme: action.scheme == .https ? "https" : "http", host: target.host, port: target.port,
      path: action.path ?? "/")
    return NetworkInquiry(
      .http(url, headers: action.httpHeaders), purpose: purpose, timeout: timeout)
  }

  static func tcpSocket(
    _ action: TCPSocketAction, of container: Container, at address: String?, timeout: Int? = nil
  ) throws(InquiryError) -> NetworkInquiry {
    let target = try ProbeTarget(
      host: action.host, port: action.port, of: container, at: address)
    return NetworkInquiry(.tcp(target), timeout: timeout)
  }

  static func grpc(
    _ action: GRPCAction, at address: String?, timeout: Int? = nil
  ) -> NetworkInquiry {
    let target = ProbeTarget(host: address ?? "127.0.0.1", port: action.port)
    return NetworkInquiry(.grpc(target, service: action.service ?? ""), timeout: timeout)
  }

  init(_ question: Question, purpose: Purpose = .probe, timeout: Int? = nil) {
    self.question = question
    self.purpose = purpose
    self.timeout = timeout == 0 ? nil : timeout
  }

  /// The child; give it `namespaces` and `descriptors`. It ends with the thread that started it.
  func program(_ path: String = "/proc/self/exe") -> Program {
    var program = Program(path, ["podshim", "probe"] + arguments)
    program.environment = [Curl.path] + variables
    program.directory = "/"
    program.deathSignal = SIGKILL
    return program
  }

  /// For a child that had to be killed at its timeout.
  var answerWhenLate: ProbeAnswer {
    switch question {
    case .http(let url, _): .failure(HTTPFailure(url, .timedOut).description)
    case .tcp(let target): .failure(TCPDial.failure(target, .timedOut))
    case .grpc: .failure("timeout: health rpc did not complete within \(timeoutText)")
    }
  }

  var timeoutText: String { Duration.seconds(timeout ?? 0).goText }
}
