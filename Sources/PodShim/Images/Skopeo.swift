import Glibc
import PodModel

/// `skopeo`, which talks to registries for us.
///
/// Mirrors, credentials, certificates and signatures are the host's own business: skopeo finds them
/// in the usual `registries.conf`, `auth.json` and `policy.json`, also where the environment says
/// that these lie. It ends with the process that started it.
struct Skopeo {
  /// A file with credentials in the place of the host's own, given as a descriptor.
  var credentials: CInt?
  /// `CONTAINERS_REGISTRIES_CONF`, which podman heeds and skopeo before 1.14 does not.
  var registriesFile: String?

  init(credentials: CInt? = nil) {
    self.credentials = credentials
    registriesFile = getenv("CONTAINERS_REGISTRIES_CONF").map { String(cString: $0) }
  }

  /// The manifest, or the index of several, that a registry has under that name, byte for byte.
  func manifest(_ name: ImageReference) throws -> [UInt8] {
    let result = try program(["inspect", "--raw", Self.source(name)]).run()
    guard result.succeeded else { throw Skopeo.failure(result) }
    return result.output
  }

  /// Copies one image into an OCI layout; blobs that are there already are left alone.
  ///
  /// - Parameters:
  ///   - folder: where the layout lies, and what it is called there.
  ///   - goesOn: is called several times a second, and ends the copying with false.
  func copy(
    _ name: ImageReference, into layout: String, in folder: String, while goesOn: () -> Bool
  ) throws {
    // A path in a name of skopeo's ends at the first colon.
    var copy = try program(["copy", "--quiet", Self.source(name), "oci:\(layout)"])
    copy.directory = folder
    let result = try copy.run(each: .milliseconds(100), while: goesOn)
    guard result.succeeded else { throw Skopeo.failure(result) }
  }

  private func program(_ arguments: [String]) throws -> Program {
    guard let path = Program.find("skopeo") else {
      throw ImageError(
        "`skopeo` is not installed: install the package `skopeo`, or bring the image with "
          + "`podshim load -i FILE`")
    }
    var words = ["skopeo"]
    if let registriesFile { words += ["--registries-conf", registriesFile] }
    words += arguments.prefix(1)
    if credentials != nil { words += ["--authfile", "/proc/self/fd/3"] }
    var program = Program(path, words + arguments.dropFirst())
    program.descriptors = [-1, -1, -1] + (credentials.map { [$0] } ?? [])
    program.deathSignal = SIGKILL
    return program
  }

  /// A registry takes a tag or a digest; beside a digest a tag says nothing.
  private static func source(_ name: ImageReference) -> String {
    "docker://\(name.withoutIdleTag)"
  }

  private static func failure(_ result: ProgramResult) -> ImageError {
    guard let text = message(result.errorText) else {
      return ImageError("`skopeo` failed with \(result.status)")
    }
    // Whoever is told knows which image was asked for.
    let repeated = text.hasPrefix("Error parsing image name") ? text.firstRange(of: "\": ") : nil
    return ImageError(String(repeated.map { text[$0.upperBound...] } ?? text[...]))
  }

  /// What went wrong, out of skopeo's log: `time="…" level=fatal msg="…"`.
  static func message(_ log: String) -> String? {
    let lines = log.split(separator: "\n").map(String.init)
    guard let line = lines.last(where: { $0.contains("level=fatal") }) ?? lines.last else {
      return nil
    }
    guard let start = line.firstRange(of: "msg=\"")?.upperBound else { return line }
    var text = ""
    var isEscaped = false
    for character in line[start...] {
      if isEscaped {
        text.append(character == "n" ? " " : character)
        isEscaped = false
      } else if character == "\"" {
        break
      } else if character == "\\" {
        isEscaped = true
      } else {
        text.append(character)
      }
    }
    return text
  }
}
