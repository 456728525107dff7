/// The `$(NAME)` grammar of commands, arguments and environment values.
///
/// The same small scanner as the kubelet's, so that what it leaves alone is left alone here too: a
/// name that nobody defines, a `$(` without its `)`, a lone `$`. `$$` is one `$` and stops a
/// reference, as in `$$(NAME)`.
struct Expansion {
  /// The variables that may be named.
  var variables: [String: String]

  func expand(_ text: String) -> String {
    expand(text) { name in variables[name] ?? "$(\(name))" }
  }

  /// For a text that means nothing unless each of its variables has a value.
  ///
  /// - Parameter missing: gets the names of those that have none.
  func expand(_ text: String, missing: inout Set<String>) -> String {
    expand(text) { name in
      let value = variables[name] ?? ""
      if value.isEmpty { missing.insert(name) }
      return value
    }
  }

  private func expand(_ text: String, _ value: (String) -> String) -> String {
    var output: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "$"), let next = rest.first else {
        output.append(byte)
        continue
      }
      if next == UInt8(ascii: "$") {
        rest.removeFirst()
        output.append(next)
      } else if next == UInt8(ascii: "("), let end = rest.firstIndex(of: UInt8(ascii: ")")) {
        let name = String(decoding: rest[(rest.startIndex + 1)..<end], as: UTF8.self)
        output += Array(value(name).utf8)
        rest = rest[(end + 1)...]
      } else {
        output.append(byte)
      }
    }
    return String(decoding: output, as: UTF8.self)
  }
}

extension Container {
  /// A probe's command as it is run: it knows those variables whose value stands in the manifest,
  /// and takes them as they stand there (kubelet `ExpandContainerCommandOnlyStatic`).
  public func expanded(probe command: [String]) -> [String] {
    var variables: [String: String] = [:]
    for variable in env { variables[variable.name] = variable.value }
    return command.map(Expansion(variables: variables).expand)
  }
}
