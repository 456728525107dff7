/* Unix sockets, and the descriptors that travel over them. */
#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <unistd.h>

#include "CLinux.h"

int linux_socket(int type) { return socket(AF_UNIX, type | SOCK_CLOEXEC, 0); }

int linux_socket_pair(int type, int ends[2]) {
  return socketpair(AF_UNIX, type | SOCK_CLOEXEC, 0, ends);
}

static int address_of(const char *path, struct sockaddr_un *address) {
  memset(address, 0, sizeof *address);
  address->sun_family = AF_UNIX;
  if (strlen(path) >= sizeof address->sun_path) {
    errno = ENAMETOOLONG;
    return -1;
  }
  strcpy(address->sun_path, path);
  return 0;
}

/* The socket's own mode becomes the file's: nobody else can connect, not even for a moment. */
int linux_bind(int fd, const char *path) {
  struct sockaddr_un address;
  if (address_of(path, &address) < 0 || fchmod(fd, 0600) < 0) return -1;
  return bind(fd, (struct sockaddr *)&address, sizeof address);
}

int linux_connect(int fd, const char *path) {
  struct sockaddr_un address;
  if (address_of(path, &address) < 0) return -1;
  return connect(fd, (struct sockaddr *)&address, sizeof address);
}

int linux_accept(int fd) { return accept4(fd, NULL, NULL, SOCK_CLOEXEC); }

union control {
  struct cmsghdr header;
  char bytes[CMSG_SPACE(LINUX_MAX_DESCRIPTORS * sizeof(int))];
};

ssize_t linux_send(int fd, const void *bytes, size_t count, const int *fds, int fd_count) {
  if (fd_count > LINUX_MAX_DESCRIPTORS) {
    errno = EINVAL;
    return -1;
  }
  union control control;
  struct iovec data = {.iov_base = (void *)bytes, .iov_len = count};
  struct msghdr message = {.msg_iov = &data, .msg_iovlen = 1};
  if (fd_count > 0) {
    size_t size = (size_t)fd_count * sizeof(int);
    memset(&control, 0, sizeof control);
    message.msg_control = control.bytes;
    message.msg_controllen = CMSG_SPACE(size);
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(size);
    memcpy(CMSG_DATA(header), fds, size);
  }
  return sendmsg(fd, &message, MSG_NOSIGNAL);
}

ssize_t linux_receive(int fd, void *bytes, size_t max, int *fds, int *fd_count) {
  union control control;
  struct iovec data = {.iov_base = bytes, .iov_len = max};
  struct msghdr message = {.msg_iov = &data,
                           .msg_iovlen = 1,
                           .msg_control = control.bytes,
                           .msg_controllen = sizeof control.bytes};
  *fd_count = 0;
  ssize_t count = recvmsg(fd, &message, MSG_CMSG_CLOEXEC);
  if (count < 0) return -1;
  for (struct cmsghdr *header = CMSG_FIRSTHDR(&message); header;
       header = CMSG_NXTHDR(&message, header)) {
    if (header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS) continue;
    size_t size = header->cmsg_len - CMSG_LEN(0);
    memcpy(fds + *fd_count, CMSG_DATA(header), size);
    *fd_count += (int)(size / sizeof(int));
  }
  if (message.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) {
    for (int i = 0; i < *fd_count; i++) close(fds[i]);
    *fd_count = 0;
    errno = EMSGSIZE;
    return -1;
  }
  return count;
}

int linux_peer(int fd, struct linux_peer *peer) {
  struct ucred credentials;
  socklen_t size = sizeof credentials;
  if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &credentials, &size) < 0) return -1;
  peer->pid = credentials.pid;
  peer->uid = credentials.uid;
  peer->gid = credentials.gid;
  return 0;
}
