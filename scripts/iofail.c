/* Preloaded into the program, fails chosen writes. By the environment:
   IOFAIL_OP     write or fsync
   IOFAIL_MATCH  only files whose path holds this
   IOFAIL_AFTER  the first so many succeed
   IOFAIL_ONCE   only one fails; otherwise all that follow
   IOFAIL_ERRNO  5 (EIO) or 28 (ENOSPC)
   IOFAIL_LOG    a file that gets one byte for each failure
   IOFAIL_STALL  instead of failing, a call waits as long as this file is there
   IOFAIL_DELAY  instead of failing, a call takes so many milliseconds longer */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static int calls;

static int is_to_fail(int fd, const char *operation) {
    const char *wanted = getenv("IOFAIL_OP"), *match = getenv("IOFAIL_MATCH"), *number;
    if (!wanted || strcmp(wanted, operation)) return 0;
    char link[64], path[512];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    if (match && !strstr(path, match)) return 0;
    const char *gate = getenv("IOFAIL_STALL");
    if (gate) {
        while (!access(gate, F_OK)) poll(NULL, 0, 20);
        return 0;
    }
    if ((number = getenv("IOFAIL_DELAY"))) {
        poll(NULL, 0, atoi(number));
        return 0;
    }
    int after = (number = getenv("IOFAIL_AFTER")) ? atoi(number) : 0;
    int call = __atomic_add_fetch(&calls, 1, __ATOMIC_SEQ_CST);
    if (call <= after || (getenv("IOFAIL_ONCE") && call > after + 1)) return 0;
    if (getenv("IOFAIL_LOG")) {
        int log = open(getenv("IOFAIL_LOG"), O_WRONLY | O_CREAT | O_APPEND, 0600);
        if (log >= 0) { (void)!REAL(write)(log, "x", 1); close(log); }
    }
    errno = (number = getenv("IOFAIL_ERRNO")) ? atoi(number) : EIO;
    return 1;
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t place) {
    return is_to_fail(fd, "write") ? -1 : REAL(pwrite64)(fd, bytes, count, place);
}
ssize_t pwrite(int fd, const void *bytes, size_t count, off_t place) {
    return is_to_fail(fd, "write") ? -1 : REAL(pwrite)(fd, bytes, count, place);
}
ssize_t write(int fd, const void *bytes, size_t count) {
    return is_to_fail(fd, "write") ? -1 : REAL(write)(fd, bytes, count);
}
int fsync(int fd) { return is_to_fail(fd, "fsync") ? -1 : REAL(fsync)(fd); }
int fdatasync(int fd) { return is_to_fail(fd, "fsync") ? -1 : REAL(fdatasync)(fd); }
