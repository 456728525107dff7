import Glibc
import PodModel

/// Who listens on a port, read from /proc once binding to it has failed: the socket from the
/// kernel's table, then the process that holds the socket. For a message only; what cannot be seen
/// is left out.
struct PortOwner: Equatable {
  /// `0.0.0.0:8001`, `[::]:8001`
  var address: String
  var pid: pid_t?
  /// The command line.
  var command: [String] = []

  static func find(_ port: HostPort) -> PortOwner? {
    let table = port.transport.rawValue
    let listening = port.transport == .tcp ? "0A" : "07"
    for path in ["/proc/net/\(table)", "/proc/net/\(table)6"] {
      guard let text = try? Files.readText(path) else { continue }
      for line in text.split(separator: "\n").dropFirst() {
        let words = line.split(separator: " ")
        guard words.count > 9, words[3] == listening, let place = Place(words[1]),
          place.port == port.hostPort, place.excludes(port.hostIP)
        else { continue }
        let pid = holder(of: "socket:[\(words[9])]")
        return PortOwner(address: place.text, pid: pid, command: pid.map(command) ?? [])
      }
    }
    return nil
  }

  private static func holder(of socket: String) -> pid_t? {
    let pids = (try? Files.list("/proc")) ?? []
    return pids.lazy.compactMap { pid_t($0) }.first { pid in
      let descriptors = (try? Files.list("/proc/\(pid)/fd")) ?? []
      return descriptors.contains { (try? Files.readLink("/proc/\(pid)/fd/\($0)")) == socket }
    }
  }

  private static func command(of pid: pid_t) -> [String] {
    let bytes = (try? Files.read("/proc/\(pid)/cmdline")) ?? []
    return bytes.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The pod whose forwarder it is.
  private var pod: String? {
    command.count > 2 && command.starts(with: ["podshim", "forward"]) ? command[2] : nil
  }
}

extension PortOwner: CustomStringConvertible {
  /// `` pod `default/web` has it ``, or `` `nginx -g daemon off;` (process 123) listens on
  /// 0.0.0.0:8001 ``
  var description: String {
    if let pod { return "pod `\(pod)` has it" }
    guard let pid else { return "somebody that cannot be seen from here listens on \(address)" }
    let line = command.isEmpty ? "?" : command.joined(separator: " ")
    let shown = line.count > 60 ? "\(line.prefix(60))…" : line
    return "`\(shown)` (process \(pid)) listens on \(address)"
  }
}

/// An address as /proc/net shows it: words of the host's byte order in hexadecimal, a colon, the
/// port.
private struct Place {
  var bytes: [UInt8]
  var port: UInt16

  init?(_ text: Substring) {
    let halves = text.split(separator: ":")
    guard halves.count == 2, let port = UInt16(halves[1], radix: 16) else { return nil }
    self.port = port
    bytes = []
    var rest = halves[0]
    while !rest.isEmpty {
      guard let word = UInt32(rest.prefix(8), radix: 16) else { return nil }
      withUnsafeBytes(of: word) { bytes += $0 }
      rest = rest.dropFirst(8)
    }
  }

  /// Whether who listens here keeps others from that address; nil is every address.
  func excludes(_ other: String?) -> Bool {
    guard let other, other != "0.0.0.0", other != "::" else { return true }
    return bytes.allSatisfy { $0 == 0 } || ip == other
  }

  var text: String { bytes.count == 4 ? "\(ip):\(port)" : "[\(ip)]:\(port)" }

  private var ip: String {
    var buffer = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    let family = bytes.count == 4 ? AF_INET : AF_INET6
    guard inet_ntop(family, bytes, &buffer, socklen_t(buffer.count)) != nil else { return "?" }
    return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
