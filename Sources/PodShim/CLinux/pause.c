/* The process that keeps a pod's namespaces: a constructor that never returns when we were started
 * as `/pause`, before the Swift runtime has touched a page. It reaps what is re-parented to it and
 * exits 0 on SIGINT or SIGTERM. */
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* Blocked signals are queued even for PID 1, whom the kernel spares those it has no handler for. */
static void pause_for_ever(void) {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGCHLD);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGTERM);
  if (sigprocmask(SIG_BLOCK, &set, NULL) < 0) _exit(1);
  for (;;) {
    /* Several exits may have raised one signal. */
    while (waitpid(-1, NULL, WNOHANG) > 0) continue;
    int signal = sigwaitinfo(&set, NULL);
    if (signal == SIGINT || signal == SIGTERM) _exit(0);
    if (signal < 0 && errno != EINTR) _exit(1);
  }
}

/* 101 is the first priority that is not the compiler's own. */
__attribute__((constructor(101), used)) static void pause_if_asked(int argc, char **argv) {
  if (argc > 0 && strcmp(argv[0], "/pause") == 0) pause_for_ever();
}
