import PodModel
import Testing

@testable import PodShim

/// The images are shared by all tests, so what is absent here has a name that no test loads.
extension Pods {
  @Suite("A pod whose image is not there says so and tries again")
  struct ImageTests {
    @Test("Absent, not to be pulled, or no name at all", arguments: RuntimeKind.all)
    func absent(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try world.create(
          """
          containers:
          - {name: pulled, image: localhost:1/absent, imagePullPolicy: IfNotPresent}
          - {name: never, image: localhost:1/absent, imagePullPolicy: Never}
          - {name: nonsense, image: "no such image"}
          - {name: present, image: busybox, command: [sh, -c, "\(Spec.idle)"]}
          """)
        let never = try world.wait(untilWaiting: "ErrImageNeverPull", "never")
        #expect(
          never.message
            == "Container image \"localhost:1/absent\" is not present with pull policy of Never")
        let pulled = try world.wait(untilWaiting: "ErrImagePull", "pulled")
        #expect(pulled.message?.contains("localhost:1") == true)
        #expect(pulled.message?.contains("connection refused") == true)
        _ = try world.wait(untilWaiting: "InvalidImageName", "nonsense")
        let yaml = try world.podshim("get", "pod", "pod", "-o", "yaml")
        #expect(yaml.contains("reason: ErrImagePull\n"))
        #expect(yaml.contains("reason: ErrImageNeverPull\n"))
        // One container's trouble is not the others'.
        try world.wait(for: "`present` to run") {
          try world.container("present").state?.running != nil
        }
        #expect(try world.status().phase == .pending)
      }
    }

    @Test("An image that is brought later is found at once", arguments: RuntimeKind.all)
    func brought(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try world.beginWithoutImages()
        try world.create("containers: [{name: main, image: busybox, imagePullPolicy: Never}]")
        _ = try world.wait(untilWaiting: "ErrImageNeverPull")
        try world.podshim("load", "-i", world.host.archive("busybox"))
        // Otherwise it would be looked for after ten seconds.
        try world.wait(for: "`main` to be made", within: .seconds(5)) {
          try world.events().contains { $0.contains("Created") }
        }
      }
    }
  }
}
