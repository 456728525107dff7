import Glibc
import PodModel

/// Network words as Go prints them, in the kubelet's messages of probes.
enum GoText {
  /// `connection refused`
  static func reason(_ errno: CInt) -> String {
    let text = String(cString: strerror(errno))
    return text.prefix(1).lowercased() + text.dropFirst()
  }

  /// `127.0.0.1:80`, `[::1]:80`: `net.JoinHostPort`
  static func address(_ host: String, _ port: Int) -> String {
    host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
  }
}
