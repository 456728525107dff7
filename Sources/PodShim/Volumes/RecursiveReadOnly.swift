import OCISpec
import PodModel

/// Whether a read-only mount can hold for all that is mounted below it: the kernel has to be able
/// to do it, and the runtime to ask it.
enum RecursiveReadOnly {
  /// `mount_setattr(2)` came with it.
  private static let oldestKernel = [5, 12]
  /// The first one that was tried; it cannot tell what it can do.
  private static let oldestCrun = [1, 8]

  static func isSupported(kernel: String, by runtime: Runtime?) -> Bool {
    guard reaches(kernel, oldestKernel) else { return false }
    guard let runtime else { return true }
    if let output = run(runtime, ["features"]) {
      let features = try? JSON.decode(Features.self, from: output)
      return features?.mountOptions?.contains("rro") == true
    }
    let version = run(runtime, ["--version"]).map { String(decoding: $0, as: UTF8.self) } ?? ""
    let words = "crun version "
    return version.hasPrefix(words) && reaches(String(version.dropFirst(words.count)), oldestCrun)
  }

  private static func reaches(_ version: String, _ oldest: [Int]) -> Bool {
    let numbers = version.split { !$0.isNumber }.prefix(2).compactMap { Int($0) }
    return numbers.count == 2 && !numbers.lexicographicallyPrecedes(oldest)
  }

  /// nil when it failed.
  private static func run(_ runtime: Runtime, _ arguments: [String]) -> [UInt8]? {
    let program = Program(runtime.path, [runtime.path] + arguments)
    guard let result = try? program.run(timeout: .seconds(5)), result.succeeded else { return nil }
    return result.output
  }
}

extension Pod {
  /// To ask a runtime takes time, so it is asked for those pods alone.
  var asksForRecursiveReadOnly: Bool {
    spec.allContainers.contains { container in
      container.volumeMounts.contains { ($0.recursiveReadOnly ?? .disabled) != .disabled }
    }
  }
}
