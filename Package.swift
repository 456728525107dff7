// swift-tools-version: 6.2
import PackageDescription

/// Held for every Swift target: names are found where they are imported, existentials are visible.
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

/// Held for the rooms that touch no machine: no unmarked unsafe code, no warning.
let pure: [SwiftSetting] =
  strict + [.strictMemorySafety(), .treatAllWarnings(as: .error)]

let package = Package(
  name: "podshim",
  products: [.executable(name: "podshim", targets: ["PodShim"])],
  dependencies: [],
  targets: [
    /** What an OCI runtime reads and answers: one struct per JSON object. */
    .target(name: "OCISpec", swiftSettings: pure),

    /** What a pod is and how it lives: no file, no clock, no process. */
    .target(
      name: "PodModel", dependencies: ["OCISpec", "CYAML"], exclude: ["CYAML"],
      swiftSettings: pure),
    /** The host's libyaml, seen from Swift. */
    .systemLibrary(
      name: "CYAML", path: "Sources/PodModel/CYAML", pkgConfig: "yaml-0.1",
      providers: [.apt(["libyaml-dev"])]),

    /** The program: the only room that touches the machine. */
    .executableTarget(
      name: "PodShim", dependencies: ["OCISpec", "PodModel", "CLinux"], exclude: ["CLinux"],
      swiftSettings: strict),
    /** The kernel calls that Swift cannot import or must not run after fork. */
    .target(name: "CLinux", path: "Sources/PodShim/CLinux", cSettings: [.define("_GNU_SOURCE")]),

    .testTarget(name: "OCISpecTests", dependencies: ["OCISpec"], swiftSettings: strict),
    .testTarget(
      name: "PodModelTests", dependencies: ["PodModel", "OCISpec"], swiftSettings: strict),
    .testTarget(
      name: "PodShimTests", dependencies: ["PodShim", "PodModel", "OCISpec", "CLinux"],
      swiftSettings: strict),
    .testTarget(name: "HouseTests", exclude: ["exceptions"], swiftSettings: strict),
    .testTarget(
      name: "RuntimeTests", dependencies: ["PodShim", "PodModel", "OCISpec"],
      swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
