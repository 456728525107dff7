/// A network as a configuration of plugins describes it: a `.conflist`, or a `.conf` with a single
/// plugin (CNI specification 1.0.0, section 1).
///
/// What a plugin is told is what its author wrote, to the letter, with what the specification adds:
/// nothing that we do not know is lost.
public struct PluginNetwork: Equatable, Sendable {
  public let name: String
  /// Which version of the specification all of its plugins are to speak.
  public let version: String
  /// Its author wants nobody to check it.
  public let disablesCheck: Bool
  public let plugins: [Plugin]

  public struct Plugin: Equatable, Sendable {
    /// The name of its program.
    public let type: String
    /// What it can do at the wish of a pod: `portMappings`, `bandwidth`.
    public let capabilities: [String]
    let settings: Node
  }

  /// - Parameter file: for what is said when the text is no such configuration.
  public init(_ text: [UInt8], file: String) throws(PodError) {
    var reader = JSONReader(text, file: file)
    guard let node = try reader.document() else {
      throw PodError(file: file, message: "empty: a network configuration is a JSON object")
    }
    func wrong(_ message: String, _ at: Node? = nil) -> PodError {
      PodError(file: file, mark: (at ?? node).mark, message: message)
    }
    guard let name = node["name"]?.string, !name.isEmpty else {
      throw wrong("a network needs a `name`")
    }
    let list = node["plugins"]?.items ?? (node["type"] == nil ? [] : [node])
    guard !list.isEmpty else { throw wrong("a network needs `plugins`, or a `type`") }
    self.name = name
    version = node["cniVersion"]?.string ?? "0.1.0"
    disablesCheck = node["disableCheck"] == .bool(true)
    var plugins: [Plugin] = []
    for settings in list {
      guard let type = settings["type"]?.string, !type.isEmpty, !type.contains("/") else {
        throw wrong("a plugin needs a `type`: the name of its program, without a path", settings)
      }
      let capabilities = settings["capabilities"]?.entries ?? []
      plugins.append(
        Plugin(
          type: type,
          capabilities: capabilities.filter { $0.value == .bool(true) }.map(\.key),
          settings: settings))
    }
    self.plugins = plugins
  }

  /// Whether the version is this one or a later one.
  func speaks(_ major: Int, _ minor: Int) -> Bool {
    let numbers = version.split(separator: ".").prefix(2).compactMap { Int($0) }
    return numbers.count == 2 && (numbers[0], numbers[1]) >= (major, minor)
  }

  /// A plugin is told the result of the ADD when it is to undo it, from this version on, and can be
  /// asked to check it.
  public var keepsResult: Bool { speaks(0, 4) }

  public func can(_ capability: String) -> Bool {
    plugins.contains { $0.capabilities.contains(capability) }
  }

  /// What a plugin gets on its standard input.
  ///
  /// - Parameters:
  ///   - wishes: the pod's, by the name of the capability; it is told those that it can fulfil.
  ///   - previous: the result so far.
  public func input(of plugin: Plugin, wishes: Node?, previous: Node?) -> String {
    var entries = [
      Node.Entry("cniVersion", .string(version)), Node.Entry("name", .string(name)),
    ]
    let ours = ["cniVersion", "name", "capabilities", "runtimeConfig", "prevResult"]
    // A plugin that stands alone is the whole of the file.
    entries += plugin.settings.entries.filter { !ours.contains($0.key) }
    let granted = (wishes?.entries ?? []).filter { plugin.capabilities.contains($0.key) }
    if !granted.isEmpty { entries.append(Node.Entry("runtimeConfig", .mapping(granted))) }
    if let previous { entries.append(Node.Entry("prevResult", previous)) }
    return Node.mapping(entries).jsonText(sortedKeys: false)
  }
}

extension Node {
  /// The text of a string.
  var string: String? {
    guard case .scalar(let scalar) = content, scalar.kind == .string else { return nil }
    return scalar.text
  }

  /// The items of a list.
  var items: [Node]? {
    if case .sequence(let items) = content { items } else { nil }
  }

  /// What a mapping holds; nothing for anything else.
  var entries: [Entry] {
    if case .mapping(let mapping) = content { mapping.entries } else { [] }
  }
}
