import Glibc

/// Standard output and standard error of a command.
///
/// Every text is written at once, so that lines of several programs do not mix. What a reader that
/// has gone would have got is an error that ends the command without a word.
enum Output {
  /// Writes the text and a newline to standard output.
  static func print(_ text: String) throws(SyscallError) {
    try write(Array((text + "\n").utf8), to: STDOUT_FILENO)
  }

  /// The same without the newline.
  static func show(_ text: String) throws(SyscallError) {
    try write(Array(text.utf8), to: STDOUT_FILENO)
  }

  static func write(_ bytes: [UInt8], to descriptor: CInt) throws(SyscallError) {
    let name = descriptor == STDOUT_FILENO ? "standard output" : "standard error"
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = try checkedUnlessBusy("write", name) {
        rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      }
      guard let count else {
        // Somebody who shares the terminal or pipe made it non-blocking.
        var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        poll(&ready, 1, -1)
        continue
      }
      rest = rest.dropFirst(count)
    }
  }

  /// Until one of these can be read.
  ///
  /// - Throws: EPIPE as soon as nobody reads standard output any more. A write would tell too, but
  ///   there may never be one.
  static func waitWhileRead(for descriptors: [CInt]) throws(SyscallError) {
    var watched = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    watched.append(pollfd(fd: STDOUT_FILENO, events: 0, revents: 0))
    try checked("poll", "") { poll(&watched, nfds_t(watched.count), -1) }
    guard watched.removeLast().revents == 0 else {
      throw SyscallError("write", "standard output", errno: EPIPE)
    }
  }

  /// Whether it failed for that alone: nobody reads any more what it says.
  static func isReaderGone(_ error: any Error) -> Bool {
    switch error {
    case let error as SyscallError: error.errno == EPIPE && error.call == "write"
    case let errors as CommandErrors: errors.errors.allSatisfy(isReaderGone)
    default: false
    }
  }

  /// A line on standard error; when even that is gone there is nobody to tell.
  static func complain(_ text: String) {
    try? write(Array((text + "\n").utf8), to: STDERR_FILENO)
  }

  /// Descriptors 0 to 2 that the caller closed become /dev/null: the next file that we open must
  /// not take their place.
  static func fillStandardDescriptors() {
    for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) == -1 {
      _ = open("/dev/null", O_RDWR)
    }
  }

  /// kubectl's line when a list is empty; `namespace` nil is all of them.
  static func complainOfNothing(in namespace: String?) {
    complain(namespace.map { "No resources found in \($0) namespace." } ?? "No resources found")
  }
}
