/* Mounts whose files have other owners than on disk. */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "CLinux.h"

static int write_map(pid_t pid, const char *name, unsigned first, unsigned count) {
  char path[64], text[64];
  snprintf(path, sizeof path, "/proc/%d/%s", pid, name);
  int length = snprintf(text, sizeof text, "0 %u %u\n", first, count);
  int file = open(path, O_WRONLY | O_CLOEXEC);
  if (file < 0) return -1;
  ssize_t written = write(file, text, (size_t)length);
  int error = errno;
  close(file);
  errno = error;
  return written == length ? 0 : -1;
}

/* The maps of a process that is in a new user namespace; answers a descriptor of that. */
static int map(pid_t pid, int ready, unsigned first, unsigned count) {
  int error = 0;
  if (read(ready, &error, sizeof error) != sizeof error) error = EPIPE;
  if (error) {
    errno = error;
    return -1;
  }
  char path[64];
  snprintf(path, sizeof path, "/proc/%d/ns/user", pid);
  if (write_map(pid, "uid_map", first, count) < 0) return -1;
  if (write_map(pid, "gid_map", first, count) < 0) return -1;
  return open(path, O_RDONLY | O_CLOEXEC);
}

int linux_user_namespace(unsigned first, unsigned count) {
  int ready[2];
  if (pipe2(ready, O_CLOEXEC) < 0) return -1;
  pid_t pid = fork();
  if (pid == 0) {
    int error = unshare(CLONE_NEWUSER) < 0 ? errno : 0;
    if (write(ready[1], &error, sizeof error) < 0) _exit(1);
    for (;;) pause();
  }
  int error = errno;
  close(ready[1]);
  int namespace = -1;
  if (pid > 0) {
    namespace = map(pid, ready[0], first, count);
    error = errno;
    kill(pid, SIGKILL);
    while (waitpid(pid, NULL, 0) < 0 && errno == EINTR) {}
  }
  close(ready[0]);
  errno = error;
  return namespace;
}

/* What <linux/mount.h> has, and older headers lack. */
enum {
  CLONE_TREE = 1,              /* OPEN_TREE_CLONE */
  RECURSIVE = 0x8000,          /* AT_RECURSIVE */
  EMPTY_SOURCE = 4,            /* MOVE_MOUNT_F_EMPTY_PATH */
  ID_MAPPED = 0x00100000,      /* MOUNT_ATTR_IDMAP */
};

int linux_mount_idmapped(const char *source, const char *target, int namespace) {
  struct {
    unsigned long long set, clear, propagation, userns_fd;
  } attributes = {.set = ID_MAPPED, .userns_fd = (unsigned long long)namespace};
  int tree = (int)syscall(SYS_open_tree, AT_FDCWD, source, CLONE_TREE | RECURSIVE | O_CLOEXEC);
  if (tree < 0) return -1;
  int result = (int)syscall(SYS_mount_setattr, tree, "", AT_EMPTY_PATH, &attributes,
                            sizeof attributes);
  if (result == 0) {
    result = (int)syscall(SYS_move_mount, tree, "", AT_FDCWD, target, EMPTY_SOURCE);
  }
  int error = errno;
  close(tree);
  errno = error;
  return result;
}
