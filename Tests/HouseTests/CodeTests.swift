import Testing

@Suite("The reader of source texts, which the other rules rest on")
struct CodeTests {
  @Test("Comments and strings are passed over, the code inside a string is not")
  func passesOver() {
    let code = Code(
      #"""
      let a = "} // \(f("{", x!)) /*" /* } /* { */ } */ // {
      let b = ##"\("##
      let c = """
        } "quoted" {
        """
      end
      """#)
    let text = code.tokens.map(\.text).joined(separator: " ")
    #expect(text == "let a = ( f ( , x ! ) ) let b = let c = end")
    #expect(code.tokens.last?.line == 6)
  }

  @Test("A function is as long as its words say, whatever stands in its strings")
  func measures() {
    let code = Code(
      """
      protocol P { func none() }
      struct S {
        var stored = 1
        var shown: Int { stored }
        func long(_ x: [Int] = [], y: () -> Void = {}) throws -> Int
        where X == Y {
          let text = "}"
          return 1
        }
        init() {
          self.init(1)
        }
      }
      """)
    let found = code.functions.map { "\($0.name) \($0.line) \($0.length)" }
    #expect(found == ["shown 4 1", "long 5 5", "init 10 3"])
  }

  @Test("A function of C is what follows its parameters")
  func measuresC() {
    let code = Code(
      """
      #define ALL(x) ((x) + '{')
      static const struct s table[] = { { 1 } };
      __attribute__((constructor)) static int
      first(const char *text) {
        if (text[0] == '}') {
          return 1;
        }
        return puts("}");
      }
      """, isC: true)
    #expect(code.functionsOfC == [Code.Function(name: "first", line: 4, length: 6)])
  }

  @Test("Types are found at any depth")
  func findsTypes() {
    let code = Code("enum A { private final class B { typealias C = Int } }  // struct D")
    #expect(code.types.map(\.name) == ["A", "B", "C"])
  }

  @Test("The checkout is read whole, without what is built")
  func readsCheckout() {
    let files = Checkout.here.files
    #expect(Checkout.here.files(below: "Sources/", "swift").count > 150)
    #expect(files.contains { $0.path == "Package.swift" })
    #expect(!files.contains { $0.path.hasPrefix(".build") || $0.path.hasPrefix(".git/") })
  }
}
