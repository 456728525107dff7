public import OCISpec

/// What a plan has to know about the image of a container: its configuration and who its users
/// are.
public struct ImageFacts: Codable, Equatable, Sendable {
  public var config: ImageConfig
  /// The text of the image's `/etc/passwd`, empty when it has none.
  public var passwd: String
  /// The text of the image's `/etc/group`, empty when it has none.
  public var group: String

  public init(config: ImageConfig, passwd: String = "", group: String = "") {
    self.config = config
    self.passwd = passwd
    self.group = group
  }
}
