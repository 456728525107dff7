import PodModel

extension NetworkInquiry {
  /// What follows `podshim probe`, but for the headers; `init(arguments:variable:)` reads it again.
  var arguments: [String] {
    var options: [String] = []
    if purpose != .probe { options += ["--purpose", purpose.rawValue] }
    if let timeout { options += ["--timeout", "\(timeout)"] }
    if let hosts { options += ["--hosts", hosts] }
    switch question {
    case .http(let url, _): return ["http"] + options + [url.description]
    case .tcp(let target): return ["tcp"] + options + [target.text]
    case .grpc(let target, let service):
      return ["grpc"] + options + ["--service", service, target.text]
    }
  }

  /// The headers, as variables of the child: one may be a password, and who may look at the list of
  /// processes sees their arguments.
  var variables: [String] {
    guard case .http(_, let headers) = question else { return [] }
    return headers.enumerated().map { "\(Self.variable($0))=\($1.name):\($1.value)" }
  }

  private static func variable(_ index: Int) -> String { "PODSHIM_PROBE_HEADER_\(index)" }

  /// - Parameter variable: the child's environment.
  init(
    arguments: [String], variable: (String) -> String? = { _ in nil }
  ) throws(InquiryError) {
    var words = Words(arguments)
    let kind = try words.next()
    var (headers, service) = ([HTTPHeader](), "")
    while let value = variable(Self.variable(headers.count)) {
      headers.append(try words.read(value, Self.header))
    }
    var read = NetworkInquiry(.tcp(ProbeTarget(host: "", port: 0)))
    while let option = words.option() {
      let value = try words.next()
      switch option {
      case "--purpose": read.purpose = try words.read(value, Purpose.init(rawValue:))
      case "--timeout": read.timeout = try words.read(value) { Int($0) }
      case "--hosts": read.hosts = value
      case "--service": service = value
      case "--header": headers.append(try words.read(value, Self.header))
      default: throw words.error
      }
    }
    let place = try words.next()
    guard words.isAtEnd else { throw words.error }
    switch kind {
    case "http": read.question = .http(try words.read(place) { HTTPURL($0) }, headers: headers)
    case "tcp": read.question = .tcp(try words.read(place) { ProbeTarget($0) })
    case "grpc":
      read.question = .grpc(try words.read(place) { ProbeTarget($0) }, service: service)
    default: throw words.error
    }
    if read.timeout == 0 { read.timeout = nil }
    self = read
  }

  private static func header(_ text: String) -> HTTPHeader? {
    guard let colon = text.firstIndex(of: ":") else { return nil }
    var header = HTTPHeader()
    header.name = String(text[..<colon])
    header.value = String(text[text.index(after: colon)...])
    return header
  }
}

/// Words of a command line, taken one after the other.
private struct Words {
  private var rest: ArraySlice<String>

  init(_ words: [String]) { rest = words[...] }

  let error = InquiryError(
    "usage: podshim probe <http|tcp|grpc> [--purpose probe|hook] [--timeout SECONDS]"
      + " [--hosts FILE] [--header NAME:VALUE]... [--service NAME] <URL|ADDRESS>")

  var isAtEnd: Bool { rest.isEmpty }

  mutating func next() throws(InquiryError) -> String {
    guard let word = rest.popFirst() else { throw error }
    return word
  }

  /// The next word if it is an option.
  mutating func option() -> String? {
    rest.first?.hasPrefix("--") == true ? rest.popFirst() : nil
  }

  func read<Value>(_ text: String, _ parse: (String) -> Value?) throws(InquiryError) -> Value {
    guard let value = parse(text) else { throw error }
    return value
  }
}
