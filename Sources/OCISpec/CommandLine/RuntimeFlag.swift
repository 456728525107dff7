/// A flag of the command line that OCI runtimes share, under its own name.
///
/// The same flag is written in many ways: `--bundle DIR`, `--bundle=DIR`, `-bundle DIR`, `-b DIR`.
public struct RuntimeFlag: Equatable, Sendable {
  /// Without dashes.
  public var name: String
  /// What stands behind a single dash.
  public var letters: [Character]
  public var takesValue: Bool
  /// Whether each time counts; of others the last one does.
  public var isRepeatable: Bool

  static func value(
    _ name: String, _ letters: Character..., isRepeatable: Bool = false
  ) -> RuntimeFlag {
    RuntimeFlag(name: name, letters: letters, takesValue: true, isRepeatable: isRepeatable)
  }

  static func word(_ name: String, _ letters: Character...) -> RuntimeFlag {
    RuntimeFlag(name: name, letters: letters, takesValue: false, isRepeatable: false)
  }
}

/// A flag as somebody has written it.
public struct GivenFlag: Equatable, Sendable {
  public var flag: RuntimeFlag
  /// nil exactly when the flag takes none.
  public var value: String?
  /// Said to be off, as in `--force=false`.
  var isOff = false

  public init(_ flag: RuntimeFlag, _ value: String? = nil) {
    self.flag = flag
    self.value = value
  }

  /// In the one way that every runtime reads.
  var argument: String { value.map { "--\(flag.name)=\($0)" } ?? "--\(flag.name)" }
}
