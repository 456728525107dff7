import FoundationEssentials
import PodModel
import Testing

/// Every transcript under `fixtures/lives`, replayed and compared byte for byte.
@Suite struct LifeTests {
  @Test(arguments: LifeFixture.all)
  func `a life answers as its transcript says`(fixture: LifeFixture) throws {
    let written = try String(contentsOfFile: fixture.path, encoding: .utf8)
    let replayed = try Transcript(written).replay()
    try Golden.compare(replayed, with: fixture.path)
  }

  @Test(arguments: LifeFixture.all)
  func `a life that is written down and read back at every step goes on as if nothing happened`(
    fixture: LifeFixture
  ) throws {
    let written = try String(contentsOfFile: fixture.path, encoding: .utf8)
    let interrupted = try Transcript(written).replay { life in
      try JSONDecoder().decode(PodLife.self, from: JSONEncoder().encode(life))
    }
    #expect(try interrupted == Transcript(written).replay())
  }
}

struct LifeFixture: CustomTestStringConvertible, Sendable {
  let path: String
  var testDescription: String { path.split(separator: "/").last.map(String.init) ?? path }

  static let all: [LifeFixture] = Golden.fixtures("lives", ending: ".life").map(LifeFixture.init)
}
