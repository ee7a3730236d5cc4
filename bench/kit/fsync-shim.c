/* Preloaded into the server of the bench: counts every fsync, and makes it as slow as a cloud disk's when told to. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

static int (*real_fsync)(int);
static int (*real_fdatasync)(int);
static uint64_t *count;
static long delay_us;

__attribute__((constructor)) static void begin(void) {
  real_fsync = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
  real_fdatasync = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
  const char *delay = getenv("BENCH_FSYNC_DELAY_US");
  if (delay) delay_us = atol(delay);
  const char *file = getenv("BENCH_FSYNC_COUNT_FILE");
  int fd = file ? open(file, O_RDWR | O_CLOEXEC) : -1;
  if (fd < 0) return;
  void *page = mmap(NULL, sizeof *count, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  if (page != MAP_FAILED) count = page;
  close(fd);
}

static void before(void) {
  if (count) __atomic_fetch_add(count, 1, __ATOMIC_RELAXED);
  if (delay_us <= 0) return;
  struct timespec left = {delay_us / 1000000, delay_us % 1000000 * 1000};
  while (nanosleep(&left, &left) != 0 && errno == EINTR) {
  }
}

int fsync(int fd) {
  before();
  return real_fsync(fd);
}

int fdatasync(int fd) {
  before();
  return real_fdatasync(fd);
}
