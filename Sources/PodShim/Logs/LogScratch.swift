import Glibc

/// Memory for a batch on its way from a spool to a log, mapped for as long as there is something
/// to do: a supervisor at rest holds none of it.
final class LogScratch {
  private let memory: UnsafeMutableRawBufferPointer
  let input: UnsafeMutableRawBufferPointer
  let output: UnsafeMutableRawBufferPointer

  init(input: Int, output: Int) throws(SyscallError) {
    let size = input + output
    let start = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    guard let start, start != MAP_FAILED else { throw SyscallError("mmap", "", errno: errno) }
    memory = UnsafeMutableRawBufferPointer(start: start, count: size)
    self.input = UnsafeMutableRawBufferPointer(rebasing: memory[..<input])
    self.output = UnsafeMutableRawBufferPointer(rebasing: memory[input...])
  }

  deinit { munmap(memory.baseAddress, memory.count) }
}
