/* The kernel calls that Swift's Glibc module lacks, or that must not run as Swift after a fork.
 *
 * Every function returns as its system call does: -1 and errno on failure. _GNU_SOURCE is for
 * the .c files only: here it would change types that Swift also sees through Glibc. */
#ifndef CLINUX_H
#define CLINUX_H

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>
#include <sys/types.h>

/* spawn.c */

/* What linux_spawn runs. Only path and argv are required; a null envp means ours. */
struct linux_program {
  const char *path;
  char *const *argv;
  char *const *envp;
  const char *directory;
  const int *descriptors; /* entry i becomes descriptor i; -1 is /dev/null */
  int descriptor_count;
  const int *namespaces; /* joined in order */
  int namespace_count;
  int new_session;
  int controlling_terminal; /* descriptor 0 becomes the terminal of the new session */
  int death_signal;
};

/* The steps of linux_spawn, for the error message. */
enum linux_stage {
  LINUX_STAGE_CLONE,
  LINUX_STAGE_DESCRIPTORS,
  LINUX_STAGE_NULL,
  LINUX_STAGE_CLOSE_RANGE,
  LINUX_STAGE_SESSION,
  LINUX_STAGE_TERMINAL,
  LINUX_STAGE_NAMESPACE,
  LINUX_STAGE_DIRECTORY,
  LINUX_STAGE_DEATH_SIGNAL,
  LINUX_STAGE_EXEC,
};

struct linux_child {
  pid_t pid;
  int pidfd;
  int stage; /* where it failed */
  int index; /* which descriptor or namespace */
};

int linux_spawn(const struct linux_program *program, struct linux_child *child);

/* process.c */

#define LINUX_CLONE_NEWNS 0x00020000
#define LINUX_CLONE_NEWCGROUP 0x02000000
#define LINUX_CLONE_NEWUTS 0x04000000
#define LINUX_CLONE_NEWIPC 0x08000000
#define LINUX_CLONE_NEWUSER 0x10000000
#define LINUX_CLONE_NEWPID 0x20000000
#define LINUX_CLONE_NEWNET 0x40000000

struct linux_exit {
  pid_t pid;    /* 0: nobody has exited */
  int signaled; /* status is a signal, not an exit code */
  int status;
};

/* Which process linux_wait looks at. */
enum linux_wait_kind { LINUX_WAIT_ANY, LINUX_WAIT_PID, LINUX_WAIT_PIDFD };

int linux_wait(enum linux_wait_kind kind, int id, int block, int keep, struct linux_exit *exited);
int linux_pidfd_open(pid_t pid);
int linux_pidfd_send_signal(int pidfd, int signal);
/* How a process that somebody else reaped has ended; -1 where the kernel (before 6.15) forgets. */
int linux_pidfd_exit(int pidfd, struct linux_exit *exited);
int linux_setns(int fd, int kind);
int linux_unshare(int flags);
/* The user namespace that a namespace belongs to; EPERM for one that is above ours. */
int linux_namespace_owner(int fd);
int linux_set_subreaper(int on);
int linux_set_name(const char *name);
int linux_set_death_signal(int signal);
/* A limit of ~0 is "unlimited". Null pointers are left alone. */
int linux_prlimit(pid_t pid, int resource, const unsigned long long *new_limits,
                  unsigned long long *old_limits);

/* signals.c */

int linux_block_signals(const int *signals, int count);
int linux_unblock_signals(const int *signals, int count);
int linux_ignore_signal(int signal);
int linux_signalfd(const int *signals, int count);

/* files.c */

#define LINUX_O_PATH 010000000
#define LINUX_RESOLVE_NO_XDEV 0x01
#define LINUX_RESOLVE_NO_MAGICLINKS 0x02
#define LINUX_RESOLVE_NO_SYMLINKS 0x04
#define LINUX_RESOLVE_BENEATH 0x08
#define LINUX_RESOLVE_IN_ROOT 0x10
#define LINUX_RENAME_NOREPLACE 1
#define LINUX_RENAME_EXCHANGE 2

int linux_openat2(int directory, const char *path, int flags, mode_t mode,
                  unsigned long long resolve);
int linux_pipe2(int ends[2], int flags);
int linux_set_pipe_size(int fd, int bytes);
int linux_dup3(int from, int to, int flags);
int linux_close_range(unsigned first, unsigned last, int cloexec);
int linux_renameat2(int from_directory, const char *from, int to_directory, const char *to,
                    unsigned flags);
int linux_memfd_create(const char *name);
int linux_punch_hole(int fd, long long offset, long long length);
/* Null offset: to's own position. Never blocks on either end. */
ssize_t linux_splice(int from, int to, long long *offset, size_t max);
ssize_t linux_tee(int from, int to, size_t max);
/* The f_type of statfs. */
int linux_filesystem_type(const char *path, long long *type);

/* attributes.c */

int linux_set_attribute(int fd, const char *name, const void *value, size_t size);
ssize_t linux_get_attribute(int fd, const char *name, void *value, size_t size);
/* Writes out the whole file system that fd is on. */
int linux_sync_filesystem(int fd);

/* mounts.c */

int linux_mount(const char *source, const char *target, const char *type, unsigned long flags,
                const char *data);
int linux_umount(const char *target, int detach);
int linux_mount_read_only(const char *target);

/* idmap.c */

/* A user namespace without a process, whose ids from 0 are those of the host from `first`. */
int linux_user_namespace(unsigned first, unsigned count);
/* The tree at `source`, whose files have at `target` the owners that the namespace maps them to. */
int linux_mount_idmapped(const char *source, const char *target, int namespace);

/* sockets.c */

#define LINUX_MAX_DESCRIPTORS 253

struct linux_peer {
  pid_t pid;
  uid_t uid;
  gid_t gid;
};

int linux_socket(int type);
int linux_socket_pair(int type, int ends[2]);
int linux_bind(int fd, const char *path);
int linux_connect(int fd, const char *path);
int linux_accept(int fd);
ssize_t linux_send(int fd, const void *bytes, size_t count, const int *fds, int fd_count);
/* fds has room for LINUX_MAX_DESCRIPTORS; a cut message is EMSGSIZE and its descriptors closed. */
ssize_t linux_receive(int fd, void *bytes, size_t max, int *fds, int *fd_count);
int linux_peer(int fd, struct linux_peer *peer);

/* network.c */

/* What linux_receive_datagram says of a datagram: from whom, and to which address of ours. Equal
 * bytes are the same conversation. */
#define LINUX_SENDER_SIZE 64

/* In the network that the descriptor names; -1 is that of the calling thread. */
int linux_interface_up(int network, const char *name);
/* Makes the interface a port of the bridge, and nothing else of it. */
int linux_bridge_add(const char *bridge, const char *name);
/* Never blocks; type is SOCK_STREAM or SOCK_DGRAM. Null is every address of both families; the
 * text of an address is that one alone. */
int linux_listen(const char *ip, unsigned short port, int type);
int linux_accept_stream(int listener);
/* The port that the socket is bound to. */
int linux_socket_port(int fd);
/* Never blocks. A connection may still be on its way when linux_connect_loopback returns 0. */
int linux_loopback_socket(int six, int type);
int linux_connect_loopback(int fd, int six, unsigned short port);
/* A socket that never blocks, on its way to the address; writable once it is there, or failed. */
int linux_connect_stream(const char *ip, unsigned short port);
/* The error that the kernel keeps for the socket, taken away; 0 when there is none. */
int linux_socket_error(int fd, int *error);
int linux_reset_on_close(int fd);
ssize_t linux_receive_datagram(int fd, void *bytes, size_t max, unsigned char *sender);
ssize_t linux_answer_datagram(int fd, const void *bytes, size_t count, const unsigned char *sender);

/* terminal.c */

int linux_terminal_size(int fd, unsigned short *rows, unsigned short *columns);
int linux_set_terminal_size(int fd, unsigned short rows, unsigned short columns);
/* The master; *number is the N of /dev/pts/N. */
int linux_open_terminal(int *number);

#endif
