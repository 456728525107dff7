import OCISpec
import PodModel
import Testing

@Suite("Another image may run as pause")
struct InfraImageTests {
  private func process(
    _ config: ImageConfig.Config, spec: String = "containers: []"
  ) throws -> (root: Root?, process: OCISpec.Process?) {
    var plan = try PlannedPod.plan(spec: spec)
    var image = ImageConfig(
      architecture: "amd64", os: "linux", rootfs: ImageConfig.RootFS(diff_ids: []))
    image.config = config
    plan.infraImage = InfraImage(config: image, rootfs: "/b/rootfs")
    let sandbox = try plan.sandbox()
    return (sandbox.root, sandbox.process)
  }

  @Test("It runs what the image says, as whom it says")
  func image() throws {
    let config = ImageConfig.Config().with {
      $0.Entrypoint = ["/wait"]
      $0.Cmd = ["--long"]
      $0.Env = ["A=b"]
      $0.WorkingDir = "/work"
      $0.User = "65535:65534"
    }
    let (root, process) = try process(config)
    #expect(root == Root(path: "/b/rootfs", readonly: true))
    #expect(process?.args == ["/wait", "--long"])
    #expect(process?.env == ["A=b"])
    #expect(process?.cwd == "/work")
    #expect(process?.user?.uid == 65535 && process?.user?.gid == 65534)
  }

  @Test("The pod's word on the user counts before, and a name is root's")
  func user() throws {
    let config = ImageConfig.Config().with {
      $0.Cmd = ["/wait"]
      $0.User = "daemon"
    }
    #expect(try process(config).process?.user?.uid == 0)
    #expect(try process(config).process?.cwd == "/")
    let spec = "containers: []\nsecurityContext: {runAsUser: 7}"
    #expect(try process(config, spec: spec).process?.user?.uid == 7)
  }

  @Test("An image that runs nothing is refused")
  func nothing() {
    #expect(throws: PlanError.self) { try process(ImageConfig.Config()) }
  }
}
