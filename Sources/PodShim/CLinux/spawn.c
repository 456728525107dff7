/* Starts one program: what posix_spawn cannot say, in one child that shares our memory until it
 * has executed. Nothing here may take a lock or allocate after the clone, so the child calls the
 * kernel and nothing else. */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "CLinux.h"

#define STACK_SIZE (64 * 1024)
#define MAX_DESCRIPTORS 256
#define MAX_NAMESPACES 16
#define CLOEXEC_RANGE (1U << 2) /* CLOSE_RANGE_CLOEXEC, absent from older headers */

/* Lives on the parent's stack: the child writes its error here and the parent, which is held by
 * CLONE_VFORK until then, reads it. */
struct launch {
  const struct linux_program *program;
  pid_t parent;
  int sources[MAX_DESCRIPTORS];
  int namespaces[MAX_NAMESPACES];
  volatile int error;
  volatile int stage;
  volatile int index;
};

static int fail(struct launch *launch, int stage, int index) {
  launch->error = errno;
  launch->stage = stage;
  launch->index = index;
  return -1;
}

/* The kernel's own call: glibc's sigaction may take a lock. All zero is SIG_DFL on every
 * architecture, and refusals (SIGKILL, SIGSTOP) are expected. */
static void default_dispositions(void) {
  unsigned long action[8];
  memset(action, 0, sizeof action);
  for (int signal = 1; signal <= 64; signal++)
    syscall(SYS_rt_sigaction, signal, action, NULL, 8);
}

/* Descriptors whose slot is to hold something else move out of the way first. */
static int rescue(struct launch *launch, int *fds, int count, int stage) {
  const struct linux_program *program = launch->program;
  int limit = program->descriptor_count;
  for (int i = 0; i < count; i++) {
    if (fds[i] < 0 || fds[i] >= limit || program->descriptors[fds[i]] == fds[i]) continue;
    int moved = fcntl(fds[i], F_DUPFD_CLOEXEC, limit);
    if (moved < 0) return fail(launch, stage, i);
    fds[i] = moved;
  }
  return 0;
}

static int place_descriptors(struct launch *launch) {
  int count = launch->program->descriptor_count;
  int namespaces = launch->program->namespace_count;
  if (rescue(launch, launch->sources, count, LINUX_STAGE_DESCRIPTORS) < 0) return -1;
  if (rescue(launch, launch->namespaces, namespaces, LINUX_STAGE_NAMESPACE) < 0) return -1;
  for (int i = 0; i < count; i++) {
    int source = launch->sources[i];
    if (source < 0) continue;
    int placed = source == i ? fcntl(i, F_SETFD, 0) : dup2(source, i);
    if (placed < 0) return fail(launch, LINUX_STAGE_DESCRIPTORS, i);
  }
  /* The slot is freed first, so that this works with a full descriptor table. */
  for (int i = 0; i < count; i++) {
    if (launch->sources[i] >= 0) continue;
    close(i);
    int null = open("/dev/null", O_RDWR);
    if (null < 0) return fail(launch, LINUX_STAGE_NULL, i);
    if (null == i) continue;
    if (dup2(null, i) < 0) return fail(launch, LINUX_STAGE_NULL, i);
    close(null);
  }
  /* Marked, not closed: the namespaces are still to be joined. */
  if (syscall(SYS_close_range, (unsigned)count, ~0U, CLOEXEC_RANGE) < 0)
    return fail(launch, LINUX_STAGE_CLOSE_RANGE, 0);
  return 0;
}

static int join(struct launch *launch) {
  for (int i = 0; i < launch->program->namespace_count; i++)
    if (setns(launch->namespaces[i], 0) < 0) return fail(launch, LINUX_STAGE_NAMESPACE, i);
  return 0;
}

static int prepare(struct launch *launch) {
  const struct linux_program *program = launch->program;
  if (place_descriptors(launch) < 0) return -1;
  if (program->new_session && setsid() < 0) return fail(launch, LINUX_STAGE_SESSION, 0);
  if (program->controlling_terminal && ioctl(0, TIOCSCTTY, 0) < 0)
    return fail(launch, LINUX_STAGE_TERMINAL, 0);
  if (join(launch) < 0) return -1;
  if (program->directory && chdir(program->directory) < 0)
    return fail(launch, LINUX_STAGE_DIRECTORY, 0);
  if (program->death_signal) {
    /* After the namespaces: new credentials clear it. */
    if (prctl(PR_SET_PDEATHSIG, program->death_signal) < 0)
      return fail(launch, LINUX_STAGE_DEATH_SIGNAL, 0);
    /* Killed before that call, our parent would have told nobody. */
    if (getppid() != launch->parent) _exit(127);
  }
  return 0;
}

static int run_child(void *argument) {
  struct launch *launch = argument;
  const struct linux_program *program = launch->program;
  default_dispositions();
  if (prepare(launch) < 0) _exit(127);
  unsigned long none = 0;
  syscall(SYS_rt_sigprocmask, SIG_SETMASK, &none, NULL, 8);
  execve(program->path, program->argv, program->envp ? program->envp : environ);
  fail(launch, LINUX_STAGE_EXEC, 0);
  _exit(127);
}

static int check(const struct linux_program *program, struct launch *launch) {
  if (program->descriptor_count > MAX_DESCRIPTORS || program->namespace_count > MAX_NAMESPACES) {
    errno = E2BIG;
    return -1;
  }
  memset(launch, 0, sizeof *launch);
  launch->program = program;
  launch->parent = getpid();
  for (int i = 0; i < program->descriptor_count; i++) launch->sources[i] = program->descriptors[i];
  for (int i = 0; i < program->namespace_count; i++) launch->namespaces[i] = program->namespaces[i];
  return 0;
}

int linux_spawn(const struct linux_program *program, struct linux_child *child) {
  struct launch launch;
  child->stage = LINUX_STAGE_CLONE;
  child->index = 0;
  if (check(program, &launch) < 0) return -1;
  char *stack = mmap(NULL, STACK_SIZE, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0);
  if (stack == MAP_FAILED) return -1;

  /* No handler of ours may run in the child, whose writes would be our writes. */
  unsigned long all = ~0UL, before = 0;
  syscall(SYS_rt_sigprocmask, SIG_SETMASK, &all, &before, 8);
  int pidfd = -1;
  pid_t pid = clone(run_child, stack + STACK_SIZE,
                    CLONE_VM | CLONE_VFORK | CLONE_PIDFD | SIGCHLD, &launch, &pidfd);
  int error = pid < 0 ? errno : launch.error;
  syscall(SYS_rt_sigprocmask, SIG_SETMASK, &before, NULL, 8);
  munmap(stack, STACK_SIZE);

  if (pid >= 0 && error) {
    while (waitpid(pid, NULL, 0) < 0 && errno == EINTR) continue;
    close(pidfd);
    child->stage = launch.stage;
    child->index = launch.index;
  }
  if (error) {
    errno = error;
    return -1;
  }
  child->pid = pid;
  child->pidfd = pidfd;
  return 0;
}
