import Glibc
import Testing

@testable import PodShim

@Suite("Unix sockets carry packets and descriptors")
struct LinuxSocketTests {
  @Test("A descriptor arrives as one of our own, closed on exec")
  func descriptors() throws {
    let sockets = try UnixSocket.pair()
    let (reader, writer) = try Pipe.make().split()
    try sockets.first.send([1, 2], descriptors: [writer.raw, reader.raw])
    let message = try #require(try sockets.second.receive())
    #expect(message.bytes == [1, 2])
    #expect(message.descriptors.count == 2)
    #expect(message.descriptors.allSatisfy { fcntl($0.raw, F_GETFD) & FD_CLOEXEC != 0 })
    try message.descriptors[0].writeAll([42])
    var byte: [UInt8] = [0]
    #expect(try reader.read(into: &byte) == 1)
    #expect(byte == [42])
  }

  @Test("As many descriptors as the kernel takes travel at once, and one more is refused")
  func manyDescriptors() throws {
    let sockets = try UnixSocket.pair()
    try sockets.first.send([0], descriptors: [CInt](repeating: 2, count: 253))
    #expect(try sockets.second.receive()?.descriptors.count == 253)
    let error = errorNumber {
      try sockets.first.send([0], descriptors: [CInt](repeating: 2, count: 254))
    }
    #expect(error == EINVAL)
  }

  @Test("Packets keep their borders, and the end is told")
  func packets() throws {
    let scratch = try LinuxScratch()
    let listener = try UnixSocket.listen(at: scratch["socket"])
    let client = try UnixSocket.connect(to: scratch["socket"])
    guard let server = try listener.accept() else {
      Issue.record("nobody connected")
      return
    }
    try client.send([1])
    try client.send([2, 3])
    #expect(try server.receive()?.bytes == [1])
    #expect(try server.receive()?.bytes == [2, 3])
    client.close()
    #expect(try server.receive()?.isEnd == true)
    #expect(errorNumber { try server.send([1]) } == EPIPE)
  }

  @Test("A packet that is too long is an error, and its descriptors are closed")
  func tooLong() throws {
    let sockets = try UnixSocket.pair()
    let pipe = try LinuxPipe()
    try sockets.first.send([1, 2, 3], descriptors: [pipe.writer.raw])
    #expect(errorNumber { _ = try sockets.second.receive(max: 2) } == EMSGSIZE)
    try pipe.closeWriter()
    // The end of the pipe: nobody else holds its writer.
    try pipe.reader.setNonblocking()
    var byte: [UInt8] = [0]
    #expect(try pipe.reader.read(into: &byte) == 0)
  }

  @Test("A non-blocking socket answers nil when there is nothing to do")
  func nonblocking() throws {
    let scratch = try LinuxScratch()
    let listener = try UnixSocket.listen(at: scratch["socket"])
    try listener.setNonblocking()
    let nobody = try listener.accept() == nil
    #expect(nobody)
    let sockets = try UnixSocket.pair(.stream)
    try sockets.first.setNonblocking()
    #expect(try sockets.first.receive() == nil)
    while try sockets.first.send([UInt8](repeating: 0, count: 65536)) != nil {}
  }

  @Test(
    "A socket is found by its path, however long",
    arguments: ["s", String(repeating: "long", count: 20)], [UnixSocket.Kind.packets, .stream])
  func paths(name: String, kind: UnixSocket.Kind) throws {
    let scratch = try LinuxScratch()
    let directory = scratch["\(name)/\(name)"]
    try Files.makeDirectories(directory)
    let path = "\(directory)/\(name)"
    // Left by a listener that was killed.
    try UnixSocket.listen(at: path, kind: kind).close()
    let listener = try UnixSocket.listen(at: path, kind: kind)
    var status = stat()
    #expect(lstat(path, &status) == 0 && status.st_mode & 0o777 == 0o600)

    let client = try UnixSocket.connect(to: path, kind: kind)
    guard let server = try listener.accept() else {
      Issue.record("nobody connected")
      return
    }
    try client.send([7])
    #expect(try server.receive()?.bytes == [7])
    let peer = try server.peer()
    #expect(peer == (getpid(), getuid(), getgid()))
  }

  @Test("A peer that is gone is an error and not a signal")
  func noSignal() async {
    await #expect(processExitsWith: .success) {
      signal(SIGPIPE, SIG_DFL)
      // Packets never raise one.
      let sockets = try UnixSocket.pair(.stream)
      try checked("shutdown", "") { shutdown(sockets.second.raw, CInt(SHUT_RD)) }
      #expect(errorNumber { try sockets.first.send([1]) } == EPIPE)
    }
  }

  @Test("A socket that nobody listens on is named in the error")
  func nobody() throws {
    let scratch = try LinuxScratch()
    let error = #expect(throws: SyscallError.self) {
      _ = try UnixSocket.connect(to: scratch["absent"])
    }
    #expect(error == SyscallError("connect", scratch["absent"], errno: ENOENT))
  }
}
