/* What a pidfd still knows of a process that somebody else has reaped. */
#include "CLinux.h"

#include <errno.h>
#include <linux/ioctl.h>
#include <stdint.h>
#include <sys/ioctl.h>
#include <sys/wait.h>

/* The first version of the kernel's struct pidfd_info (include/uapi/linux/pidfd.h). */
struct pidfd_info_v0 {
  uint64_t mask;
  uint64_t cgroup;
  uint32_t ids[11];
  int32_t exit_code;
};

#define PIDFD_INFO_EXIT (1u << 3)
#define PIDFD_GET_INFO_V0 _IOWR(0xFF, 11, struct pidfd_info_v0)

int linux_pidfd_exit(int pidfd, struct linux_exit *exited) {
  struct pidfd_info_v0 info = {.mask = PIDFD_INFO_EXIT};
  if (ioctl(pidfd, PIDFD_GET_INFO_V0, &info) < 0) return -1;
  if (!(info.mask & PIDFD_INFO_EXIT)) {
    errno = ENODATA;
    return -1;
  }
  exited->signaled = WIFSIGNALED(info.exit_code);
  exited->status =
      exited->signaled ? WTERMSIG(info.exit_code) : WEXITSTATUS(info.exit_code);
  return 0;
}
