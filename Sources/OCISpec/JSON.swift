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
    var walk = JSONWalk(text)
    try walk.run()
    do {
      return try JSONDecoder().decode(type, from: Data(text))
    } catch DecodingError.dataCorrupted(let context) where context.codingPath.isEmpty {
      // Of a number that does not fit the decoder says as much as of a broken text: nothing.
      throw blame(walk, of: text) { candidate in
        do {
          _ = try JSONDecoder().decode(type, from: Data(candidate))
          return false
        } catch DecodingError.dataCorrupted(let context) {
          return context.codingPath.isEmpty
        } catch {
          return false
        }
      }
    } catch {
      throw JSONError(error)
    }
  }

  /// Finds the first number that does not fit, by halves: the fault is gone as long as every
  /// number from there on is a zero, which fits everywhere.
  private static func blame(
    _ walk: JSONWalk, of text: [UInt8], isFaulty: ([UInt8]) -> Bool
  ) -> JSONError {
    var good = 0
    var bad = walk.numbers.count
    if bad == 0 || isFaulty(zeroing(walk.numbers[...], in: text)) {
      return JSONError(path: "", reason: "is not UTF-8")
    }
    while bad - good > 1 {
      let middle = (good + bad) / 2
      if isFaulty(zeroing(walk.numbers[middle...], in: text)) {
        bad = middle
      } else {
        good = middle
      }
    }
    let culprit = walk.numbers[good]
    let digits = String(decoding: text[culprit.range], as: UTF8.self)
    return JSONError(
      path: walk.name(of: culprit),
      reason: "is \(digits), which is out of range or not a whole number")
  }

  private static func zeroing(_ numbers: ArraySlice<JSONWalk.Number>, in text: [UInt8]) -> [UInt8] {
    var zeroed: [UInt8] = []
    var rest = text[...]
    for number in numbers {
      zeroed += rest[..<number.range.lowerBound]
      zeroed.append(UInt8(ascii: "0"))
      rest = text[number.range.upperBound...]
    }
    return zeroed + rest
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
