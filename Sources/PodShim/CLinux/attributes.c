/* What the layers of images need of a file system. */
#include <sys/xattr.h>
#include <unistd.h>

#include "CLinux.h"

int linux_set_attribute(int fd, const char *name, const void *value, size_t size) {
  return fsetxattr(fd, name, value, size, 0);
}

ssize_t linux_get_attribute(int fd, const char *name, void *value, size_t size) {
  return fgetxattr(fd, name, value, size);
}

int linux_sync_filesystem(int fd) { return syncfs(fd); }
