import Glibc

/// `podshim probe …`: the program as a short-lived child of the supervisor, which started it in the
/// network of a pod. It asks one `NetworkInquiry`, prints the message and ends with the answer's
/// exit status.
enum ProbeProgram {
  static func run(_ arguments: [String]) -> CInt {
    let answer: ProbeAnswer
    do throws(InquiryError) {
      let inquiry = try NetworkInquiry(arguments: arguments) { name in
        getenv(name).map { String(cString: $0) }
      }
      answer = inquiry.ask()
    } catch {
      answer = .error("\(error)")
    }
    // Nobody is left to be told when this fails: whoever reads us sees a shorter message.
    _ = answer.output.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
    return answer.exitCode
  }
}

extension NetworkInquiry {
  /// Asks from the network that this process is in, and takes as long as it takes.
  func ask() -> ProbeAnswer {
    ask(until: timeout.map { Clock.boot() + .seconds($0) })
  }

  func ask(until deadline: Duration?) -> ProbeAnswer {
    let names = HostNames(file: hosts)
    switch question {
    case .http(let url, let headers):
      let request = HTTPRequest(url, headers: headers, purpose: purpose)
      let check = HTTPCheck(client: HTTPClient(names: names, deadline: deadline))
      return purpose == .probe ? check.probe(request) : check.hook(request)
    case .tcp(let target):
      do throws(TransportError) {
        _ = try TCPDial.connect(target, names: names, until: deadline)
        return .success
      } catch {
        return .failure(TCPDial.failure(target, error))
      }
    case .grpc(let target, let service):
      return GRPCCheck(
        target: target, service: service, timeout: timeoutText, deadline: deadline
      ).ask()
    }
  }
}
