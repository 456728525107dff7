import Glibc
import PodModel

/// One client that is attached to a container: its keys go in, what the container writes comes out.
///
/// Nothing waits for a client: one that does not read loses output rather than stop the log, and
/// input that the container does not take stops the reading of that client.
final class AttachSession {
  private let connection: UnixSocket
  private let run: ContainerRun
  private let loop: Loop
  private var received: [UInt8] = []
  private var unsent: [UInt8] = []
  private var input: [UInt8] = []
  private var inputEnded = false
  private var isOver = false

  /// A client that leaves this much unread is cut off.
  private static let patience = 4 << 20

  init(_ connection: consuming UnixSocket, to run: ContainerRun, loop: Loop) throws(SyscallError) {
    self.connection = connection
    self.run = run
    self.loop = loop
    run.attached.append(self)
    try loop.watch(self.connection.raw, .readable) { [unowned self] events in
      if events.contains(.writable) { send() }
      if !isOver, !events.isDisjoint(with: [.readable, .hangup]) { receive() }
    }
  }

  /// Shows what the container has printed before anybody watched, as far as it is kept: all of the
  /// first quarter of a megabyte.
  func showPast() {
    for stream in run.streams {
      if let bytes = try? stream.past(), !bytes.isEmpty { show(bytes, from: stream.stream) }
    }
  }

  func show(_ bytes: [UInt8], from stream: LogFile.Stream) {
    guard !isOver else { return }
    let kind: AttachFrame.Kind = stream == .stdout ? .output : .errors
    unsent += AttachFrame(kind: kind, payload: bytes).bytes
    send()
  }

  /// The container has ended: says so, and lets go.
  func end() {
    guard !isOver else { return }
    unsent += AttachFrame(kind: .end, payload: []).bytes
    send()
    close()
  }

  private func close() {
    guard !isOver else { return }
    isOver = true
    loop.unwatch(connection.raw)
    shutdown(connection.raw, CInt(SHUT_RDWR))
    run.attached.removeAll { $0 === self }
    run.clientInputEnded()
  }

  private func send() {
    do {
      while !unsent.isEmpty, let count = try connection.send(Array(unsent.prefix(65536))) {
        unsent.removeFirst(count)
      }
      if unsent.count > AttachSession.patience { return close() }
      listen()
    } catch {
      close()
    }
  }

  /// Reads from a client only when the container has taken what came before.
  private func listen() {
    guard !isOver else { return }
    var events: EpollEvents = unsent.isEmpty ? [] : .writable
    if input.isEmpty { events.insert(.readable) }
    try? loop.change(connection.raw, events)
  }

  private func receive() {
    guard let message = try? connection.receive(), !message.isEnd else { return close() }
    received += message.bytes
    guard let frames = AttachFrame.take(from: &received) else { return close() }
    for frame in frames { take(frame) }
  }

  private func take(_ frame: AttachFrame) {
    switch frame.kind {
    case .input:
      input += frame.payload
      writeInput()
    case .inputEnd:
      inputEnded = true
      writeInput()
    case .resize:
      guard let terminal = run.stdio.terminal, frame.payload.count == 4 else { return }
      let size = frame.payload.map(UInt16.init)
      try? Terminal.setSize(
        terminal.raw,
        Terminal.Size(rows: size[0] << 8 | size[1], columns: size[2] << 8 | size[3]))
    case .end:
      break
    }
  }

  private func writeInput() {
    let target = run.stdio.terminal ?? run.stdio.input
    while let target, !input.isEmpty {
      do {
        guard let count = try target.write(input) else { return waitForRoom(target) }
        input.removeFirst(count)
      } catch {
        // The container has closed its input: nobody will read the rest.
        input.removeAll()
      }
    }
    input.removeAll()
    listen()
    if inputEnded { run.clientInputEnded() }
  }

  /// The container does not read: goes on when it does.
  private func waitForRoom(_ target: OwnedDescriptor) {
    listen()
    do {
      try loop.watchOnce(target, .writable) { [weak self] in self?.writeInput() }
    } catch {
      close()
    }
  }
}
