import CLinux
import Glibc
import Testing

@testable import PodShim

@Suite("Epoll, timer and signals are read in one loop")
struct LinuxWaitingTests {
  @Test("A descriptor answers under its token, as long as it is watched")
  func tokens() throws {
    let epoll = try Epoll()
    let pipe = try LinuxPipe(nonblockingRead: true)
    try epoll.add(pipe.reader.raw, events: .readable, token: 7)
    #expect(try epoll.wait(timeoutMilliseconds: 0).isEmpty)
    try pipe.writer.writeAll([1])
    let ready = try epoll.wait()
    #expect(ready.map(\.token) == [7])
    #expect(ready.map(\.events) == [.readable])
    try epoll.modify(pipe.reader.raw, events: [], token: .max)
    #expect(try epoll.wait(timeoutMilliseconds: 0).isEmpty)
    try pipe.closeWriter()
    #expect(try epoll.wait().map(\.events) == [.hangup])
    try epoll.remove(pipe.reader.raw)
    #expect(try epoll.wait(timeoutMilliseconds: 0).isEmpty)
  }

  @Test("A pipe takes as much as was asked for before a writer has to wait")
  func capacity() throws {
    let bytes = [UInt8](repeating: 0, count: 1 << 19)
    let (reader, writer) = try Pipe.make(capacity: CInt(bytes.count)).split()
    try writer.setNonblocking()
    #expect(try writer.write(bytes) == bytes.count)
    #expect(try writer.write([0]) == nil)
    withExtendedLifetime(reader) {}
  }

  @Test("A timer rings at its moment and not before, at once when that has passed")
  func timer() throws {
    let timer = try Timer()
    let epoll = try Epoll()
    try epoll.add(timer.raw, events: .readable, token: 1)
    let moment = Clock.boot() + .milliseconds(30)
    try timer.arm(at: moment)
    #expect(try !timer.consume())
    #expect(try epoll.wait(timeoutMilliseconds: 5000).count == 1)
    #expect(Clock.boot() >= moment)
    #expect(try timer.consume())
    #expect(try !timer.consume())
    try timer.arm(at: .zero)
    #expect(try epoll.wait(timeoutMilliseconds: 5000).count == 1)
    try timer.arm(at: Clock.boot() + .seconds(3600))
    try timer.disarm()
    #expect(try epoll.wait(timeoutMilliseconds: 0).isEmpty)
  }

  @Test("The boot clock is the host's uptime and the wall clock its date")
  func clocks() throws {
    let uptime = try Files.readText("/proc/uptime").split(separator: " ")[0]
    let seconds = try #require(Double(uptime))
    #expect(abs(Clock.boot() / .seconds(1) - seconds) < 5)
    #expect(abs(Int(Clock.wall().components.seconds) - time(nil)) <= 1)
  }

  @Test("A blocked signal is read with its sender")
  func signals() async {
    await #expect(processExitsWith: .success) {
      try Signals.block([SIGUSR1, SIGUSR2])
      let descriptor = try Signals.descriptor(for: [SIGUSR1, SIGUSR2])
      #expect(try Signals.read(descriptor).isEmpty)
      raise(SIGUSR2)
      raise(SIGUSR1)
      let received = try Signals.read(descriptor)
      #expect(received.map(\.signal) == [SIGUSR1, SIGUSR2])
      #expect(received.allSatisfy { $0.pid == getpid() })
      raise(SIGUSR1)
      try Signals.ignore(SIGUSR1)
      try Signals.unblock([SIGUSR1])
    }
  }

  @Test("An ignored SIGPIPE makes a write to nobody an error")
  func brokenPipe() async {
    await #expect(processExitsWith: .success) {
      try Signals.ignore(SIGPIPE)
      let pipe = try LinuxPipe()
      try pipe.closeReader()
      #expect(errorNumber { try pipe.writer.writeAll([1]) } == EPIPE)
    }
  }
}

@Suite("Bytes and terminals")
struct LinuxBytesTests {
  @Test("Bytes go from a pipe to their place in a file, and their space can be given back")
  func splice() throws {
    let scratch = try LinuxScratch()
    let pipe = try LinuxPipe()
    let file = try FileDescriptor.open(scratch["log"], O_RDWR | O_CREAT)
    let raws = (pipe.reader.raw, file.raw)
    #expect(try Splice.splice(from: raws.0, to: raws.1, at: 0, max: 100) == nil)
    try pipe.writer.writeAll(Array("hello world".utf8))
    #expect(try Splice.splice(from: raws.0, to: raws.1, at: 4096, max: 5) == 5)
    #expect(try Splice.splice(from: raws.0, to: raws.1, at: 4101, max: 100) == 6)
    try pipe.closeWriter()
    // Another test's child has our descriptors too, until its program begins.
    var ready = pollfd(fd: raws.0, events: Int16(POLLIN), revents: 0)
    #expect(poll(&ready, 1, 10_000) == 1)
    #expect(try Splice.splice(from: raws.0, to: raws.1, at: 4107, max: 100) == 0)
    let zeros = [UInt8](repeating: 0, count: 4096)
    #expect(try Files.read(scratch["log"]) == zeros + Array("hello world".utf8))
    try Splice.punchHole(raws.1, offset: 4096, length: 5)
    let hole = zeros + [0, 0, 0, 0, 0] + Array(" world".utf8)
    #expect(try Files.read(scratch["log"]) == hole)
  }

  @Test("A tee leaves the bytes where they were")
  func tee() throws {
    let first = try LinuxPipe()
    let second = try LinuxPipe()
    try first.writer.writeAll([1, 2, 3])
    #expect(try Splice.tee(from: first.reader.raw, to: second.writer.raw, max: 10) == 3)
    var bytes = [UInt8](repeating: 0, count: 10)
    #expect(try first.reader.read(into: &bytes) == 3)
    #expect(try second.reader.read(into: &bytes) == 3)
  }

  @Test("A non-blocking read tells nothing yet from the end")
  func reading() throws {
    let pipe = try LinuxPipe(nonblockingRead: true)
    var bytes = [UInt8](repeating: 0, count: 4)
    #expect(try pipe.reader.read(into: &bytes) == nil)
    try pipe.writer.writeAll(Array(0..<6))
    #expect(try pipe.reader.read(into: &bytes) == 4)
    #expect(bytes == [0, 1, 2, 3])
    #expect(try pipe.reader.readAll() == [4, 5])
    try pipe.closeWriter()
    #expect(try pipe.reader.read(into: &bytes) == 0)
  }

  @Test("A full pipe takes what fits and then answers nil")
  func writing() throws {
    let pipe = try LinuxPipe()
    try pipe.writer.setNonblocking()
    let chunk = [UInt8](repeating: 1, count: 1_000_000)
    #expect(try pipe.writer.write(chunk) == 65536)
    #expect(try pipe.writer.write(chunk) == nil)
    #expect(errorNumber { try pipe.writer.writeAll(chunk) } == EAGAIN)
    try pipe.writer.setNonblocking(false)
    #expect(fcntl(pipe.writer.raw, F_GETFL) & O_NONBLOCK == 0)
  }

  @Test("A terminal has a size, and raw mode is undone")
  func terminal() throws {
    let terminal = try Terminal.openPseudoTerminal()
    let slave = try FileDescriptor.open(terminal.slavePath, O_RDWR | O_NOCTTY)
    let raw = slave.raw
    #expect(Terminal.isTerminal(raw))
    #expect(!Terminal.isTerminal(try LinuxPipe().reader.raw))
    try Terminal.setSize(terminal.master.raw, Terminal.Size(rows: 40, columns: 132))
    #expect(try Terminal.size(raw) == Terminal.Size(rows: 40, columns: 132))
    let state = try Terminal.makeRaw(raw)
    var attributes = termios()
    tcgetattr(raw, &attributes)
    #expect(attributes.c_lflag & tcflag_t(ICANON | ECHO | ISIG) == 0)
    try Terminal.restore(raw, state)
    tcgetattr(raw, &attributes)
    #expect(attributes.c_lflag & tcflag_t(ICANON | ECHO | ISIG) == tcflag_t(ICANON | ECHO | ISIG))
  }
}
