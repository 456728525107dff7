import CYAML

extension Node {
  /// The node as a YAML document, as `kubectl get -o yaml` prints one: block style, lists not
  /// indented below their key, strings quoted where they would be read back as something else.
  public func yamlText(sortedKeys: Bool = true) -> String {
    let writer = YAMLWriter(sortedKeys: sortedKeys)
    writer.write(self)
    return writer.text
  }
}

/// Writes a node through libyaml's emitter; the only place that sees it.
///
/// The emitter is fed well-formed events from memory, so it can only fail for want of memory.
@safe private final class YAMLWriter {
  private let emitter: UnsafeMutablePointer<yaml_emitter_t>
  private let sortedKeys: Bool
  private var bytes: [UInt8] = []

  init(sortedKeys: Bool) {
    self.sortedKeys = sortedKeys
    unsafe emitter = .allocate(capacity: 1)
    unsafe yaml_emitter_initialize(emitter)
    unsafe yaml_emitter_set_output(
      emitter,
      { context, buffer, count in
        guard let context = unsafe context else { return 0 }
        let writer = unsafe Unmanaged<YAMLWriter>.fromOpaque(context).takeUnretainedValue()
        unsafe writer.bytes.append(
          contentsOf: UnsafeBufferPointer(start: buffer, count: count))
        return 1
      }, Unmanaged.passUnretained(self).toOpaque())
    unsafe yaml_emitter_set_unicode(emitter, 1)
    unsafe yaml_emitter_set_width(emitter, -1)
  }

  deinit {
    unsafe yaml_emitter_delete(emitter)
    unsafe emitter.deallocate()
  }

  var text: String { String(decoding: bytes, as: UTF8.self) }

  func write(_ root: Node) {
    unsafe emit { unsafe yaml_stream_start_event_initialize($0, YAML_UTF8_ENCODING) }
    unsafe emit { unsafe yaml_document_start_event_initialize($0, nil, nil, nil, 1) }
    value(root)
    unsafe emit { unsafe yaml_document_end_event_initialize($0, 1) }
    unsafe emit { unsafe yaml_stream_end_event_initialize($0) }
    unsafe yaml_emitter_flush(emitter)
  }

  private func emit(_ prepare: (UnsafeMutablePointer<yaml_event_t>) -> CInt) {
    var event = unsafe yaml_event_t()
    let isReady = unsafe prepare(&event) == 1
    let isWritten = unsafe isReady && yaml_emitter_emit(emitter, &event) == 1
    precondition(isWritten, "libyaml cannot write")
  }

  private func value(_ node: Node) {
    switch node.content {
    case .scalar(let value): scalar(value)
    case .sequence(let items):
      unsafe emit {
        unsafe yaml_sequence_start_event_initialize(
          $0, nil, nil, 1, YAML_BLOCK_SEQUENCE_STYLE)
      }
      for item in items { value(item) }
      unsafe emit { unsafe yaml_sequence_end_event_initialize($0) }
    case .mapping(let mapping):
      unsafe emit {
        unsafe yaml_mapping_start_event_initialize($0, nil, nil, 1, YAML_BLOCK_MAPPING_STYLE)
      }
      for entry in mapping.entries(sorted: sortedKeys) {
        scalar(Scalar(.string, text: entry.key))
        value(entry.value)
      }
      unsafe emit { unsafe yaml_mapping_end_event_initialize($0) }
    }
  }

  private func scalar(_ scalar: Scalar) {
    let text = scalar.canonicalText
    let style = scalar.style
    unsafe emit { event in
      var bytes = Array(text.utf8)
      let count = CInt(bytes.count)
      return unsafe yaml_scalar_event_initialize(event, nil, nil, &bytes, count, 1, 1, style)
    }
  }
}

extension Node.Mapping {
  func entries(sorted: Bool) -> [Node.Entry] {
    sorted ? entries.sorted { $0.key < $1.key } : entries
  }
}

extension Scalar {
  /// The text that says the value: `420` for an integer that was written `0644`.
  var canonicalText: String {
    switch kind {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .integer(let value): String(value)
    case .float(let value): Self.text(of: value)
    case .string: text
    }
  }

  fileprivate var style: yaml_scalar_style_t {
    guard kind == .string else { return YAML_PLAIN_SCALAR_STYLE }
    if text.utf8.contains(UInt8(ascii: "\n")) { return YAML_LITERAL_SCALAR_STYLE }
    return isMistakable ? YAML_DOUBLE_QUOTED_SCALAR_STYLE : YAML_PLAIN_SCALAR_STYLE
  }

  /// True for a string that some YAML reader takes for another kind of value without quotes.
  private var isMistakable: Bool {
    Self.plainKind(text) != .string || text == "<<" || looksLikeTime || looksSexagesimal
  }

  /// `2006-1-2`, alone or before a time of day.
  private var looksLikeTime: Bool {
    let date = text.prefix { $0 != "T" && $0 != "t" && $0 != " " }
    let parts = date.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].count == 4 else { return false }
    return parts.allSatisfy { !$0.isEmpty && $0.allSatisfy(\.isWholeNumber) }
      && parts[1...].allSatisfy { $0.count <= 2 }
  }

  /// `1:30`, which YAML 1.1 takes for 90.
  private var looksSexagesimal: Bool {
    var parts = text.utf8.split(
      separator: UInt8(ascii: ":"), omittingEmptySubsequences: false
    ).map { Substring($0) }
    guard parts.count > 1, var last = parts.popLast() else { return false }
    if let point = last.firstIndex(of: "."),
      last[point...].allSatisfy({ "._".contains($0) || $0.isWholeNumber })
    {
      last = last[..<point]
    }
    parts.append(last)
    var first = parts.removeFirst()
    if first.hasPrefix("-") || first.hasPrefix("+") { first.removeFirst() }
    guard let digit = first.utf8.first, (0x30...0x39).contains(digit) else { return false }
    guard first.allSatisfy({ "0123456789_".contains($0) }) else { return false }
    return parts.allSatisfy { part in
      guard let value = Int(part), part.count <= 2 else { return false }
      return (0..<60).contains(value) && part.allSatisfy(\.isWholeNumber)
    }
  }
}
