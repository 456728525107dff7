import PodModel
import Testing

@testable import PodShim

/// `make browser` has these, and so has what CI runs.
@Suite("Pictures of time lines, in a browser")
struct TimelinePictureTests {
  private func browse(_ flags: [String]) throws -> ProgramResult {
    let path = try #require(
      Program.find("chromium"), "chromium is not installed: run `Tests/setup browser`")
    let scratch = try LinuxScratch()
    let checkout = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let picture = "/\(checkout)/fixtures/timelines/crash.svg"
    let quiet = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
    let home = "--user-data-dir=\(scratch["browser"])"
    let program = Program(path, ["chromium", home] + quiet + flags + ["file://\(picture)"])
    return try program.run(timeout: .seconds(60))
  }

  @Test func `are well-formed, and show something`() throws {
    let page = try browse(["--dump-dom"]).outputText
    #expect(page.contains("class=\"running\"") && !page.contains("parsererror"))
    let scratch = try LinuxScratch()
    var sizes: [Int] = []
    for flags in [[], ["--force-dark-mode"]] {
      let file = scratch["picture.png"]
      _ = try browse(flags + ["--window-size=960,260", "--screenshot=\(file)"])
      let png = try Files.read(file)
      #expect(png.starts(with: [0x89, 0x50, 0x4e, 0x47]))
      sizes.append(png.count)
    }
    // A picture without drawings has a tenth of that.
    #expect(sizes.allSatisfy { $0 > 10_000 } && sizes[0] != sizes[1])
  }
}
