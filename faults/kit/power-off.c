/* Shuts an ext4 file system down as a power cut would: what has not been flushed is lost. */
#include <fcntl.h>
#include <stdint.h>
#include <sys/ioctl.h>

int main(int count, char **words) {
  uint32_t without_flushing_the_log = 2;
  int fd = count == 2 ? open(words[1], O_RDONLY) : -1;
  return fd < 0 || ioctl(fd, _IOR('X', 125, uint32_t), &without_flushing_the_log) != 0;
}
