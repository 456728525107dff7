/* Mounts. */
#include <fcntl.h>
#include <sys/mount.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "CLinux.h"

int linux_mount(const char *source, const char *target, const char *type, unsigned long flags,
                const char *data) {
  return mount(source, target, type, flags, data);
}

int linux_umount(const char *target, int detach) {
  return umount2(target, UMOUNT_NOFOLLOW | (detach ? MNT_DETACH : 0));
}

/* struct mount_attr and AT_RECURSIVE, which older headers lack. */
int linux_mount_read_only(const char *target) {
  struct {
    unsigned long long set, clear, propagation, userns_fd;
  } attributes = {.set = 1 /* MOUNT_ATTR_RDONLY */};
  return (int)syscall(SYS_mount_setattr, AT_FDCWD, target, 0x8000 /* AT_RECURSIVE */, &attributes,
                      sizeof attributes);
}
