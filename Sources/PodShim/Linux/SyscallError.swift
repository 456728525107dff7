import Glibc

/// A kernel call that failed: which call, on what, and why. Everything in this folder throws it and
/// nothing else, so a caller can compare `errno` without a cast.
struct SyscallError: Error, Equatable {
  var call: String
  var object: String
  var errno: CInt

  init(_ call: String, _ object: String, errno: CInt) {
    self.call = call
    self.object = object
    self.errno = errno
  }
}

extension SyscallError: CustomStringConvertible {
  /// ``open `/x`: No such file or directory``
  var description: String {
    let reason = String(cString: strerror(errno))
    return object.isEmpty ? "\(call): \(reason)" : "\(call) `\(object)`: \(reason)"
  }
}

/// Makes one call that answers -1 and errno, again for as long as a signal interrupts it.
@discardableResult
func checked<Answer: SignedInteger>(
  _ call: String, _ object: @autoclosure () -> String, _ body: () -> Answer
) throws(SyscallError) -> Answer {
  if let answer = repeated(body) { return answer }
  let reason = errno
  throw SyscallError(call, object(), errno: reason)
}

/// As `checked`, with nil for a descriptor that would have blocked; naming the object may cost a
/// system call, which a busy descriptor does not pay.
func checkedUnlessBusy<Answer: SignedInteger>(
  _ call: String, _ object: @autoclosure () -> String, _ body: () -> Answer
) throws(SyscallError) -> Answer? {
  if let answer = repeated(body) { return answer }
  let reason = errno
  if reason == EAGAIN { return nil }
  throw SyscallError(call, object(), errno: reason)
}

/// nil with errno for a failure other than an interruption.
private func repeated<Answer: SignedInteger>(_ body: () -> Answer) -> Answer? {
  while true {
    let answer = body()
    if answer != -1 { return answer }
    if errno != EINTR { return nil }
  }
}
