import OCISpec
import PodModel
import Testing

@testable import PodShim

@Suite("load, images and rmi print what Docker's people expect")
struct ImagesCommandTests {
  @Test("An image is loaded, listed and removed")
  func all() throws {
    let scratch = try ImagesScratch()
    let path = scratch.path + "/oci"
    let image = TestImage(layers: [.hello], created: "2024-05-01T10:20:30.123456789Z")
    let id = try image.write(into: path, names: ["web:1", "quay.io/a/b:v2"])
    var lines: [String] = []
    func output(_ line: String) { lines.append(line) }

    try LoadCommand.run(paths: [path], name: nil, store: scratch.store, output: output)
    #expect(
      lines == ["Loaded image: docker.io/library/web:1", "Loaded image: quay.io/a/b:v2"])

    lines = []
    // 2024-05-04T10:20:30Z
    try ImagesCommand.run(store: scratch.store, now: .seconds(1_714_818_030), output: output)
    #expect(lines[0] == "REPOSITORY              TAG   IMAGE ID       CREATED      SIZE")
    #expect(lines[1].hasPrefix("docker.io/library/web   1     \(id.short)   3 days ago   "))
    #expect(lines[2].hasPrefix("quay.io/a/b             v2    \(id.short)   3 days ago   "))

    lines = []
    try RemoveImageCommand.run(
      images: ["web:1", "quay.io/a/b:v2"], store: scratch.store, inUse: { [] }, output: output)
    #expect(
      lines == [
        "Untagged: docker.io/library/web:1", "Untagged: quay.io/a/b:v2", "Deleted: \(id)",
      ])
    let error = #expect(throws: ImageError.self) {
      try RemoveImageCommand.run(
        images: ["web:1"], store: scratch.store, inUse: { [] }, output: output)
    }
    #expect(error?.message == "image `web:1` is not here: `podshim images` lists those that are")
  }

  @Test("A store that nobody has written to is empty")
  func empty() throws {
    let scratch = try ImagesScratch()
    var lines: [String] = []
    try ImagesCommand.run(store: scratch.store, now: .zero) { lines.append($0) }
    #expect(lines == ["REPOSITORY   TAG   IMAGE ID   CREATED   SIZE"])
    #expect(!Files.exists(scratch.store.root))
  }

  @Test("What images take of the disk is shown, and counted once")
  func disk() throws {
    let scratch = try ImagesScratch()
    let path = scratch.path + "/oci"
    try TestImage(layers: [.hello]).write(into: path, names: ["a:1", "b:1"])
    try scratch.store.load(path)
    var lines: [String] = []
    try ImagesCommand.run(store: scratch.store, now: .zero, showsDisk: true) { lines.append($0) }
    #expect(lines.count == 4 && lines[0].hasSuffix("   DISK"), "\(lines)")
    #expect(lines[3] == "Disk use: \(ImagesCommand.size(try scratch.store.diskUse()))")
    #expect(lines[1].split(separator: " ").last == lines[2].split(separator: " ").last)
  }

  @Test("An image is inspected under the names that Docker gives things")
  func inspected() throws {
    let scratch = try ImagesScratch()
    let image = try scratch.load(TestImage(layers: [.hello], command: ["/bin/sh"]), as: "web:1")
    let text = String(
      decoding: try JSON.pretty(InspectedImage(image, names: [image])), as: UTF8.self)
    for line in [
      "\"Id\": \"\(image.id)\"", "\"RepoTags\": [\n    \"docker.io/library/web:1\"\n  ]",
      "\"docker.io/library/web@\(image.manifest)\"", "\"Cmd\": [", "\"Os\": \"linux\"",
      "\"Type\": \"layers\"", "\"\(image.layers[0].diffID)\"",
    ] {
      #expect(text.contains(line), "\(text)")
    }
  }

  @Test("One name is for one archive")
  func oneName() throws {
    let scratch = try ImagesScratch()
    #expect(throws: ImageError.self) {
      try LoadCommand.run(paths: ["a", "b"], name: "x", store: scratch.store) { _ in }
    }
  }

  @Test(
    "Sizes have three digits",
    arguments: [
      (0, "0B"), (999, "999B"), (1000, "1kB"), (1234, "1.23kB"), (9_995, "10kB"), (9_994, "9.99kB"),
      (12_345, "12.3kB"), (123_456, "123kB"), (999_499, "999kB"), (999_500, "1MB"),
      (1_050_000, "1.05MB"), (187_654_321, "188MB"), (4_260_000_000, "4.26GB"),
    ])
  func size(_ bytes: Int64, _ text: String) {
    #expect(ImagesCommand.size(bytes) == text)
  }

  @Test(
    "Ages have one unit",
    arguments: [
      (0, "Less than a second ago"), (1, "1 second ago"), (59, "59 seconds ago"),
      (60, "About a minute ago"), (150, "2 minutes ago"), (3600, "About an hour ago"),
      (86_400, "24 hours ago"), (172_800, "2 days ago"), (86_400 * 14, "2 weeks ago"),
      (86_400 * 60, "2 months ago"), (86_400 * 800, "2 years ago"), (-5, "Less than a second ago"),
    ])
  func age(_ seconds: Int, _ text: String) {
    #expect(ImagesCommand.age(.seconds(seconds)) == text)
  }
}
