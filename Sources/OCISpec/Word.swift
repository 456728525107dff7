/// A word of an open vocabulary, written in JSON as a plain string.
///
/// The specification adds words with every release, and a closed enum would reject a whole file for
/// one word that is newer than we are. Words known today are static members, any other passes
/// through unchanged.
public protocol Word: RawRepresentable<String>, Codable, Hashable, Sendable,
  ExpressibleByStringLiteral, CustomStringConvertible
{
  init(rawValue: String)
}

extension Word {
  public init(stringLiteral word: String) {
    self.init(rawValue: word)
  }

  public var description: String { rawValue }
}
