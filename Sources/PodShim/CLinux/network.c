/* Internet sockets: addresses that Swift would have to cast, and the control messages of UDP. */
#include <arpa/inet.h>
#include <errno.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "CLinux.h"

static int close_keeping_errno(int fd) {
  int error = errno;
  close(fd);
  errno = error;
  return -1;
}

static int set_option(int fd, int level, int name, int value) {
  return setsockopt(fd, level, name, &value, sizeof value);
}

/* What a child does that shares our memory and our descriptors: a socket belongs to the network in
 * which it was made, and whoever goes there may not be let back home, in a user namespace. */
struct visit {
  int network, socket, error;
};

static int open_socket(void *argument) {
  struct visit *visit = argument;
  visit->socket = setns(visit->network, CLONE_NEWNET) < 0
                      ? -1
                      : socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  visit->error = errno;
  _exit(0);
}

/* A socket to ask about interfaces; network -1 is ours. */
static int interface_socket(int network) {
  if (network < 0) return socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  enum { STACK_SIZE = 64 * 1024 };
  char *stack = mmap(NULL, STACK_SIZE, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0);
  if (stack == MAP_FAILED) return -1;
  struct visit visit = {.network = network, .socket = -1};
  sigset_t all, before;
  sigfillset(&all);
  sigprocmask(SIG_SETMASK, &all, &before);
  pid_t pid = clone(open_socket, stack + STACK_SIZE,
                    CLONE_VM | CLONE_VFORK | CLONE_FILES | SIGCHLD, &visit);
  if (pid < 0) visit.error = errno;
  else while (waitpid(pid, NULL, 0) < 0 && errno == EINTR) continue;
  sigprocmask(SIG_SETMASK, &before, NULL);
  munmap(stack, STACK_SIZE);
  errno = visit.error;
  return visit.socket;
}

int linux_interface_up(int network, const char *name) {
  struct ifreq request;
  memset(&request, 0, sizeof request);
  if (strlen(name) >= sizeof request.ifr_name) {
    errno = ENAMETOOLONG;
    return -1;
  }
  strcpy(request.ifr_name, name);
  int fd = interface_socket(network);
  if (fd < 0) return -1;
  if (ioctl(fd, SIOCGIFFLAGS, &request) < 0) return close_keeping_errno(fd);
  request.ifr_flags |= IFF_UP | IFF_RUNNING;
  if (ioctl(fd, SIOCSIFFLAGS, &request) < 0) return close_keeping_errno(fd);
  return close(fd);
}

int linux_bridge_add(const char *bridge, const char *name) {
  struct ifreq request;
  memset(&request, 0, sizeof request);
  if (strlen(bridge) >= sizeof request.ifr_name) {
    errno = ENAMETOOLONG;
    return -1;
  }
  strcpy(request.ifr_name, bridge);
  request.ifr_ifindex = (int)if_nametoindex(name);
  if (request.ifr_ifindex == 0) return -1;
  int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return -1;
  if (ioctl(fd, SIOCBRADDIF, &request) < 0) return close_keeping_errno(fd);
  return close(fd);
}

union address {
  struct sockaddr any;
  struct sockaddr_in four;
  struct sockaddr_in6 six;
};

static socklen_t size_of(const union address *address) {
  return address->any.sa_family == AF_INET6 ? sizeof address->six : sizeof address->four;
}

/* Null is every address, as IPv6 writes it. */
static int parse(const char *ip, unsigned short port, union address *address) {
  memset(address, 0, sizeof *address);
  int six = !ip || strchr(ip, ':');
  address->any.sa_family = six ? AF_INET6 : AF_INET;
  if (six)
    address->six.sin6_port = htons(port);
  else
    address->four.sin_port = htons(port);
  if (!ip) return 0;
  void *bytes = six ? (void *)&address->six.sin6_addr : (void *)&address->four.sin_addr;
  if (inet_pton(address->any.sa_family, ip, bytes) == 1) return 0;
  errno = EINVAL;
  return -1;
}

static int prepare_listener(int fd, const union address *address, int type, int both_families) {
  int six = address->any.sa_family == AF_INET6;
  if (six && set_option(fd, IPPROTO_IPV6, IPV6_V6ONLY, !both_families) < 0) return -1;
  /* For UDP the option would let two programs share a port, one of them deaf. */
  if (type == SOCK_STREAM) return set_option(fd, SOL_SOCKET, SO_REUSEADDR, 1);
  return six ? set_option(fd, IPPROTO_IPV6, IPV6_RECVPKTINFO, 1)
             : set_option(fd, IPPROTO_IP, IP_PKTINFO, 1);
}

int linux_listen(const char *ip, unsigned short port, int type) {
  union address address;
  if (parse(ip, port, &address) < 0) return -1;
  int fd = socket(address.any.sa_family, type | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (fd < 0 && errno == EAFNOSUPPORT && !ip) return linux_listen("0.0.0.0", port, type);
  if (fd < 0) return -1;
  if (prepare_listener(fd, &address, type, !ip) < 0 ||
      bind(fd, &address.any, size_of(&address)) < 0 ||
      (type == SOCK_STREAM && listen(fd, 4096) < 0))
    return close_keeping_errno(fd);
  return fd;
}

int linux_loopback_socket(int six, int type) {
  int fd = socket(six ? AF_INET6 : AF_INET, type | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (fd < 0) return -1;
  if (type == SOCK_STREAM && set_option(fd, IPPROTO_TCP, TCP_NODELAY, 1) < 0)
    return close_keeping_errno(fd);
  return fd;
}

int linux_connect_loopback(int fd, int six, unsigned short port) {
  union address address;
  if (parse(six ? "::1" : "127.0.0.1", port, &address) < 0) return -1;
  int connected = connect(fd, &address.any, size_of(&address));
  return connected < 0 && errno == EINPROGRESS ? 0 : connected;
}

int linux_connect_stream(const char *ip, unsigned short port) {
  union address address;
  if (parse(ip, port, &address) < 0) return -1;
  int fd = linux_loopback_socket(address.any.sa_family == AF_INET6, SOCK_STREAM);
  if (fd < 0) return -1;
  if (connect(fd, &address.any, size_of(&address)) < 0 && errno != EINPROGRESS)
    return close_keeping_errno(fd);
  return fd;
}

int linux_socket_port(int fd) {
  union address address;
  socklen_t size = sizeof address;
  if (getsockname(fd, &address.any, &size) < 0) return -1;
  return ntohs(address.any.sa_family == AF_INET6 ? address.six.sin6_port : address.four.sin_port);
}

int linux_accept_stream(int listener) {
  int fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
  if (fd < 0) return -1;
  if (set_option(fd, IPPROTO_TCP, TCP_NODELAY, 1) < 0 ||
      set_option(fd, SOL_SOCKET, SO_KEEPALIVE, 1) < 0)
    return close_keeping_errno(fd);
  return fd;
}

int linux_socket_error(int fd, int *error) {
  socklen_t size = sizeof *error;
  return getsockopt(fd, SOL_SOCKET, SO_ERROR, error, &size);
}

int linux_reset_on_close(int fd) {
  struct linger at_once = {.l_onoff = 1, .l_linger = 0};
  return setsockopt(fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
}

struct sender {
  union address peer;
  int six; /* which of the two follows */
  union {
    struct in_pktinfo four;
    struct in6_pktinfo six;
  } local;
};
_Static_assert(sizeof(struct sender) <= LINUX_SENDER_SIZE, "a sender fits");

union datagram_control {
  struct cmsghdr header;
  char bytes[CMSG_SPACE(sizeof(struct in6_pktinfo))];
};

/* The address of ours that the datagram was sent to. The interface matters only where the address
 * means nothing without it. */
static void read_local(struct msghdr *message, struct sender *sender) {
  for (struct cmsghdr *header = CMSG_FIRSTHDR(message); header;
       header = CMSG_NXTHDR(message, header)) {
    if (header->cmsg_level == IPPROTO_IPV6 && header->cmsg_type == IPV6_PKTINFO) {
      struct in6_pktinfo *info = &sender->local.six;
      memcpy(info, CMSG_DATA(header), sizeof *info);
      sender->six = 1;
      if (!IN6_IS_ADDR_LINKLOCAL(&info->ipi6_addr)) info->ipi6_ifindex = 0;
    } else if (header->cmsg_level == IPPROTO_IP && header->cmsg_type == IP_PKTINFO) {
      struct in_pktinfo info;
      memcpy(&info, CMSG_DATA(header), sizeof info);
      sender->local.four.ipi_spec_dst = info.ipi_spec_dst;
    }
  }
}

ssize_t linux_receive_datagram(int fd, void *bytes, size_t max, unsigned char *sender_bytes) {
  struct sender sender;
  union datagram_control control;
  memset(&sender, 0, sizeof sender);
  struct iovec data = {.iov_base = bytes, .iov_len = max};
  struct msghdr message = {.msg_name = &sender.peer,
                           .msg_namelen = sizeof sender.peer,
                           .msg_iov = &data,
                           .msg_iovlen = 1,
                           .msg_control = control.bytes,
                           .msg_controllen = sizeof control.bytes};
  ssize_t count = recvmsg(fd, &message, 0);
  if (count < 0) return -1;
  read_local(&message, &sender);
  memset(sender_bytes, 0, LINUX_SENDER_SIZE);
  memcpy(sender_bytes, &sender, sizeof sender);
  return count;
}

ssize_t linux_answer_datagram(int fd, const void *bytes, size_t count,
                              const unsigned char *sender_bytes) {
  struct sender sender;
  union datagram_control control;
  memcpy(&sender, sender_bytes, sizeof sender);
  memset(&control, 0, sizeof control);
  struct iovec data = {.iov_base = (void *)bytes, .iov_len = count};
  size_t size = sender.six ? sizeof sender.local.six : sizeof sender.local.four;
  struct msghdr message = {.msg_name = &sender.peer,
                           .msg_namelen = size_of(&sender.peer),
                           .msg_iov = &data,
                           .msg_iovlen = 1,
                           .msg_control = control.bytes,
                           .msg_controllen = CMSG_SPACE(size)};
  control.header.cmsg_level = sender.six ? IPPROTO_IPV6 : IPPROTO_IP;
  control.header.cmsg_type = sender.six ? IPV6_PKTINFO : IP_PKTINFO;
  control.header.cmsg_len = CMSG_LEN(size);
  memcpy(CMSG_DATA(&control.header), &sender.local, size);
  return sendmsg(fd, &message, MSG_NOSIGNAL);
}
