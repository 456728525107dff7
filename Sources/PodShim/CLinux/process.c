/* Processes: waiting, pidfds, namespaces, limits and the attributes that prctl sets. */
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "CLinux.h"

int linux_wait(enum linux_wait_kind kind, int id, int block, int keep, struct linux_exit *exited) {
  idtype_t type = kind == LINUX_WAIT_ANY ? P_ALL : kind == LINUX_WAIT_PID ? P_PID : P_PIDFD;
  int options = WEXITED | (block ? 0 : WNOHANG) | (keep ? WNOWAIT : 0);
  siginfo_t info;
  memset(&info, 0, sizeof info); /* WNOHANG leaves it alone on older kernels */
  if (waitid(type, (id_t)id, &info, options) < 0) return -1;
  exited->pid = info.si_pid;
  exited->signaled = info.si_pid != 0 && info.si_code != CLD_EXITED;
  exited->status = info.si_status;
  return 0;
}

int linux_pidfd_open(pid_t pid) { return (int)syscall(SYS_pidfd_open, pid, 0); }

int linux_pidfd_send_signal(int pidfd, int signal) {
  return (int)syscall(SYS_pidfd_send_signal, pidfd, signal, NULL, 0);
}

int linux_setns(int fd, int kind) { return setns(fd, kind); }

int linux_namespace_owner(int fd) { return ioctl(fd, 0xb701 /* NS_GET_USERNS */); }

int linux_unshare(int flags) { return unshare(flags); }

int linux_set_subreaper(int on) { return prctl(PR_SET_CHILD_SUBREAPER, (unsigned long)on); }

int linux_set_name(const char *name) { return prctl(PR_SET_NAME, name); }

int linux_set_death_signal(int signal) { return prctl(PR_SET_PDEATHSIG, (unsigned long)signal); }

int linux_prlimit(pid_t pid, int resource, const unsigned long long *new_limits,
                  unsigned long long *old_limits) {
  struct rlimit64 new, old;
  if (new_limits) {
    new.rlim_cur = new_limits[0];
    new.rlim_max = new_limits[1];
  }
  if (prlimit64(pid, resource, new_limits ? &new : NULL, old_limits ? &old : NULL) < 0) return -1;
  if (old_limits) {
    old_limits[0] = old.rlim_cur;
    old_limits[1] = old.rlim_max;
  }
  return 0;
}
