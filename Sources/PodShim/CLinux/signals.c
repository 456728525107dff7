/* Signals as numbers: sigset_t is one of the types that Swift must not see twice. */
#include <signal.h>

#include "CLinux.h"

static sigset_t set_of(const int *signals, int count) {
  sigset_t set;
  sigemptyset(&set);
  for (int i = 0; i < count; i++) sigaddset(&set, signals[i]);
  return set;
}

int linux_block_signals(const int *signals, int count) {
  sigset_t set = set_of(signals, count);
  return sigprocmask(SIG_BLOCK, &set, NULL);
}

int linux_unblock_signals(const int *signals, int count) {
  sigset_t set = set_of(signals, count);
  return sigprocmask(SIG_UNBLOCK, &set, NULL);
}

int linux_ignore_signal(int signal) {
  struct sigaction ignore = {.sa_handler = SIG_IGN};
  return sigaction(signal, &ignore, NULL);
}

int linux_signalfd(const int *signals, int count) {
  sigset_t set = set_of(signals, count);
  return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}
