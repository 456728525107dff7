import FoundationEssentials

/// JSON text from values and values from JSON text.
///
/// The same value always gives the same bytes: keys are sorted, slashes stay as they are, nothing
/// is written for nil. What cannot be read is named by its place. This is the only file of the
/// target that knows the library underneath.
public enum JSON {
  /// One line, no space and no newline: for journals, sockets and pipes.
  public static func compact(_ value: some Encodable) throws(JSONError) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
      return [UInt8](try encoder.encode(value))
    } catch {
      throw JSONError(error)
    }
  }

  /// Two spaces for each level and a newline at the end, as `jq -S .` prints: for files.
  public static func pretty(_ value: some Encodable) throws(JSONError) -> [UInt8] {
    indent(try compact(value))
  }

  /// Reads a whole text; members that the type does not have are skipped.
  public static func decode<Value: Decodable>(
    _ type: Value.Type, from text: [UInt8]
  ) throws(JSONError) -> Value {
    do {
      return try JSONDecoder().decode(type, from: Data(text))
    } catch DecodingError.dataCorrupted(let context) where context.codingPath.isEmpty {
      // The decoder says this of broken text and of a number that does not fit, and no more.
      throw blame(text) { candidate in
        (try? JSONDecoder().decode(type, from: Data(candidate))) != nil
      }
    } catch {
      throw JSONError(error)
    }
  }

  /// Finds what makes a text unreadable: the place where it breaks, or the first number that is
  /// refused when every other number is a zero, which fits everywhere.
  private static func blame(_ text: [UInt8], isReadable: ([UInt8]) -> Bool) -> JSONError {
    var walk = JSONWalk(text)
    do throws(JSONError) {
      try walk.run()
    } catch {
      return error
    }
    for (index, number) in walk.numbers.enumerated() {
      var candidate = text
      for (other, zeroed) in walk.numbers.enumerated().reversed() where other != index {
        candidate.replaceSubrange(zeroed.range, with: [UInt8(ascii: "0")])
      }
      if !isReadable(candidate) {
        let digits = String(decoding: text[number.range], as: UTF8.self)
        return JSONError(
          path: number.path, reason: "is \(digits), which is out of range or not a whole number")
      }
    }
    return JSONError(path: "", reason: "is not UTF-8, or nested too deep")
  }

  /// Breaks compact JSON into lines. The library's own layout differs (`"a" : 1`, and empty lists
  /// over three lines), so that no other tool would print the same file.
  private static func indent(_ compact: [UInt8]) -> [UInt8] {
    var pretty: [UInt8] = []
    pretty.reserveCapacity(compact.count * 2)
    var depth = 0
    var previous = UInt8(ascii: " ")
    var inString = false
    var isEscaped = false

    func breakLine() {
      pretty.append(UInt8(ascii: "\n"))
      pretty.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * depth))
    }

    for byte in compact {
      if inString {
        inString = isEscaped || byte != UInt8(ascii: "\"")
        isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
      } else {
        let closes = byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]")
        switch previous {
        case UInt8(ascii: "{") where !closes, UInt8(ascii: "[") where !closes:
          depth += 1
          breakLine()
        case UInt8(ascii: "{"), UInt8(ascii: "["): break
        case UInt8(ascii: ","): breakLine()
        case UInt8(ascii: ":"): pretty.append(UInt8(ascii: " "))
        case _ where closes:
          depth -= 1
          breakLine()
        default: break
        }
        inString = byte == UInt8(ascii: "\"")
        previous = byte
      }
      pretty.append(byte)
    }
    pretty.append(UInt8(ascii: "\n"))
    return pretty
  }
}
