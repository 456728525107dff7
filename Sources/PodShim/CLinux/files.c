/* Files, pipes and descriptors. */
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "CLinux.h"

int linux_openat2(int directory, const char *path, int flags, mode_t mode,
                  unsigned long long resolve) {
  struct open_how how = {
      .flags = (unsigned long long)(unsigned)(flags | O_CLOEXEC), .mode = mode, .resolve = resolve};
  return (int)syscall(SYS_openat2, directory, path, &how, sizeof how);
}

int linux_pipe2(int ends[2], int flags) { return pipe2(ends, flags); }

int linux_set_pipe_size(int fd, int bytes) { return fcntl(fd, F_SETPIPE_SZ, bytes); }

int linux_dup3(int from, int to, int flags) { return dup3(from, to, flags); }

int linux_close_range(unsigned first, unsigned last, int cloexec) {
  return (int)syscall(SYS_close_range, first, last, cloexec ? 1U << 2 : 0U);
}

int linux_renameat2(int from_directory, const char *from, int to_directory, const char *to,
                    unsigned flags) {
  return renameat2(from_directory, from, to_directory, to, flags);
}

int linux_memfd_create(const char *name) { return memfd_create(name, MFD_CLOEXEC); }

int linux_punch_hole(int fd, long long offset, long long length) {
  return fallocate(fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, offset, length);
}

ssize_t linux_splice(int from, int to, long long *offset, size_t max) {
  return splice(from, NULL, to, (off64_t *)offset, max, SPLICE_F_NONBLOCK | SPLICE_F_MOVE);
}

ssize_t linux_tee(int from, int to, size_t max) { return tee(from, to, max, SPLICE_F_NONBLOCK); }

int linux_filesystem_type(const char *path, long long *type) {
  struct statfs info;
  if (statfs(path, &info) < 0) return -1;
  *type = (long long)(unsigned)info.f_type;
  return 0;
}
