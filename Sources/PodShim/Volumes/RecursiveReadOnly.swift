import OCISpec
import PodModel

/// Whether a read-only mount can hold for all that is mounted below it: the kernel has to be able
/// to do it, and the runtime to ask it.
enum RecursiveReadOnly {
  /// `mount_setattr(2)` came with Linux 5.12.
  private static let oldestKernel = [5, 12]

  static func isSupported(kernel: String, by runtime: Runtime?) -> Bool {
    let version = kernel.split { !$0.isNumber }.prefix(2).compactMap { Int($0) }
    guard !version.lexicographicallyPrecedes(oldestKernel) else { return false }
    guard let runtime else { return true }
    let program = Program(runtime.path, runtime.features())
    guard let result = try? program.run(timeout: .seconds(5)), result.succeeded,
      let features = try? JSON.decode(Features.self, from: result.output)
    else { return false }
    return features.mountOptions?.contains("rro") == true
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
