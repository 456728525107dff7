import PodModel

/// `grpc` of a probe: one call of `grpc.health.v1.Health/Check`, without TLS, made by curl.
///
/// As with the kubelet, whatever goes wrong is a failure and never an error. The kubelet knocks
/// again at a closed port until its time is over; we say the same at once.
struct GRPCCheck {
  var target: ProbeTarget
  var service: String
  /// As the messages write it: `1s`
  var timeout: String
  /// Since boot; nil is never.
  var deadline: Duration?

  private static let sizeLimit = 65536
  /// How long before the deadline curl gives up by itself, so that it can say how far it came.
  private static let margin = Duration.milliseconds(50)

  func ask() -> ProbeAnswer {
    do throws(TransportError) {
      return try call()
    } catch {
      switch error {
      case .timedOut: return late
      case .failed(let reason): return .failure("error: health rpc probe failed: \(reason)")
      }
    }
  }

  private var late: ProbeAnswer {
    .failure("timeout: health rpc did not complete within \(timeout)")
  }

  private func call() throws(TransportError) -> ProbeAnswer {
    let input = try MemoryFile.make(GRPCMessage.request(service: service))
    let dump = try MemoryFile.make([])
    let curl = try Curl(arguments, input: input.raw, dump: dump.raw, until: deadline)
    var frame: [UInt8] = []
    while case let part = try curl.output.take(max: GRPCCheck.sizeLimit), !part.isEmpty {
      frame += part
      if frame.count > GRPCCheck.sizeLimit { throw .failed("the answer is too long") }
    }
    let end = try curl.end()
    return judge(frame, dump: String(decoding: try MemoryFile.read(dump), as: UTF8.self), end)
  }

  var arguments: [String] {
    var words = [
      "--http2-prior-knowledge", "--data-binary", "@-", "--dump-header", "/proc/self/fd/3",
      "--header", "Content-Type: application/grpc", "--header", "TE: trailers", "--header",
      "User-Agent: \(HTTPRequest.userAgent(.probe))", "--header", "Accept:",
      "--write-out", "%{stderr}\nconnected %{time_connect}\n",
    ]
    if let deadline {
      let rest = max(deadline - Clock.boot() - GRPCCheck.margin, .milliseconds(1))
      words += ["--max-time", "\(rest / .seconds(1))"]
    }
    return words + ["--url", "http://\(target.text)/grpc.health.v1.Health/Check"]
  }

  private func judge(_ frame: [UInt8], dump: String, _ end: Curl.End) -> ProbeAnswer {
    let isConnected = !end.complaint.contains("connected 0.000000")
    guard let status = GRPCStatus(dump: dump) else {
      // Whoever does not speak HTTP/2 was never connected, as gRPC sees it.
      if isConnected, end.status == .exited(28) { return late }
      return .failure(
        "timeout: failed to connect service \(target.text.quoted) within \(timeout):"
          + " context deadline exceeded")
    }
    if end.status == .exited(28) { return late }
    switch status.code {
    case GRPCStatus.ok: return judge(serving: GRPCMessage.servingStatus(frame))
    case GRPCStatus.deadlineExceeded: return late
    case GRPCStatus.unimplemented:
      return .failure(
        "error: this server does not implement the grpc health protocol"
          + " (grpc.health.v1.Health): \(status.message)")
    default: return .failure("error: health rpc probe failed: \(status)")
    }
  }

  private func judge(serving: String?) -> ProbeAnswer {
    switch serving {
    case "SERVING": .success
    case let word?: .failure("service unhealthy (responded with \(word.quoted))")
    case nil:
      .failure(
        "error: health rpc probe failed: \(GRPCStatus(13, "the answer cannot be read"))")
    }
  }
}
