/* Preloaded into a process: shifts the time of day, and makes fsync slow or fail, as a page tells that the harness writes. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

struct page {
  int64_t clock_ahead_ms;
  int64_t fsync_delay_ms;
  int64_t fsyncs_to_fail;
  int64_t fsyncs_failed;
  int64_t fsyncs_delayed;
};

static struct page calm;
static struct page *page = &calm;
static int (*real_fsync)(int);
static int (*real_fdatasync)(int);
static int (*real_clock_gettime)(clockid_t, struct timespec *);

__attribute__((constructor)) static void begin(void) {
  real_fsync = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
  real_fdatasync = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
  real_clock_gettime = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
  const char *file = getenv("CROSSDOCK_FAULT_SHIM");
  int fd = file ? open(file, O_RDWR | O_CLOEXEC) : -1;
  if (fd < 0) return;
  void *mapped = mmap(NULL, sizeof *page, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  if (mapped != MAP_FAILED) page = mapped;
  close(fd);
}

/* Whether this one is to fail. */
static int slow_or_failing(void) {
  int64_t left = __atomic_load_n(&page->fsyncs_to_fail, __ATOMIC_SEQ_CST);
  while (left > 0) {
    if (!__atomic_compare_exchange_n(&page->fsyncs_to_fail, &left, left - 1, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST))
      continue;
    __atomic_add_fetch(&page->fsyncs_failed, 1, __ATOMIC_SEQ_CST);
    errno = EIO;
    return 1;
  }
  int64_t delay = page->fsync_delay_ms;
  if (delay > 0) {
    struct timespec rest = {delay / 1000, delay % 1000 * 1000000};
    while (nanosleep(&rest, &rest) != 0 && errno == EINTR) {
    }
    __atomic_add_fetch(&page->fsyncs_delayed, 1, __ATOMIC_SEQ_CST);
  }
  return 0;
}

int fsync(int fd) { return slow_or_failing() ? -1 : real_fsync(fd); }

int fdatasync(int fd) { return slow_or_failing() ? -1 : real_fdatasync(fd); }

int clock_gettime(clockid_t which, struct timespec *at) {
  if (!real_clock_gettime) real_clock_gettime = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
  int outcome = real_clock_gettime(which, at);
  if (outcome != 0 || (which != CLOCK_REALTIME && which != CLOCK_REALTIME_COARSE)) return outcome;
  int64_t ahead = page->clock_ahead_ms;
  at->tv_sec += ahead / 1000;
  at->tv_nsec += ahead % 1000 * 1000000;
  if (at->tv_nsec >= 1000000000) {
    at->tv_sec += 1;
    at->tv_nsec -= 1000000000;
  } else if (at->tv_nsec < 0) {
    at->tv_sec -= 1;
    at->tv_nsec += 1000000000;
  }
  return 0;
}

int gettimeofday(struct timeval *restrict at, void *restrict zone) {
  (void)zone;
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  at->tv_sec = now.tv_sec;
  at->tv_usec = now.tv_nsec / 1000;
  return 0;
}

time_t time(time_t *at) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  if (at) *at = now.tv_sec;
  return now.tv_sec;
}
