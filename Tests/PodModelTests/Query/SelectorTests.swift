import Testing

@testable import PodModel

/// What `-l` and `--field-selector` take, and what they choose.
@Suite("Selectors")
struct SelectorTests {
  private static let labels = ["app": "web", "tier": "front", "n": "7", "empty": ""]

  @Test(
    "Conditions on labels",
    arguments: [
      ("", true), ("app=web", true), ("app==web", true), ("app = web", true), ("app=db", false),
      ("app!=db", true), ("app!=web", false), ("none!=x", true), ("app", true), ("!app", false),
      ("!none", true), ("! none", true), ("app in (web,db)", true), ("app in (db)", false),
      ("app in(web)", true), ("app notin (db)", true), ("app notin (web, db)", false),
      ("none notin (x)", true), ("none in (x)", false), ("app=web,tier=front", true),
      ("app=web,tier=back", false), ("empty=", true), ("empty", true), ("app=", false),
      ("app in ()", false), ("empty in (,x)", true), ("n>6", true), ("n<7", false),
      ("app>1", false),
      ("app=web,", nil), (",app", nil), ("app in web", nil), ("app in (web", nil), ("=x", nil),
      ("app=web db", nil), ("app~web", nil), ("app=-x-", nil), ("n>x", nil), ("!", nil),
      ("!app=web", nil), ("!app in (web)", nil),
    ] as [(String, Bool?)])
  func labels(_ text: String, _ expected: Bool?) {
    #expect((try? LabelQuery(text))?.selects(Self.labels) == expected)
  }

  @Test(
    "What is wrong with them",
    arguments: [
      ("app in web", "unable to parse requirement: found 'web', expected: '('"),
      ("app=web db", "found 'db', expected: ',' or 'end of string'"),
      ("!app=web", "found '=', expected: ',' or 'end of string'"),
      ("app=web,", "found '', expected: identifier after ','"),
      ("(", "found '(', expected: !, identifier, or 'end of string'"),
    ])
  func complaints(_ text: String, _ message: String) {
    #expect(throws: QueryProblem(message)) { try LabelQuery(text) }
  }

  @Test(
    "Conditions on fields",
    arguments: [
      ("a=1", true), ("a==1", true), ("a!=1", false), ("a=2", false), ("a=1,b=2", true),
      ("a=1,b!=2", false), ("c=", true), ("c!=x", true), ("", true), ("d=x\\,y", true),
      ("a", nil), ("=1", nil), ("a=b=c", nil), ("a=\\x", nil),
    ] as [(String, Bool?)])
  func fields(_ text: String, _ expected: Bool?) {
    let fields = ["a": "1", "b": "2", "d": "x,y"]
    #expect((try? FieldQuery(text))?.selects(fields) == expected)
  }
}
