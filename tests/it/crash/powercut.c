/* A disk that forgets: files below POWERCUT_ROOT are copied to POWERCUT_MIRROR when they are
 * synced, and only then. What the mirror holds when the process dies is what a power cut leaves.
 *
 * POWERCUT_COUNT names a file that gets one byte for each sync. With POWERCUT_LIE_AFTER=n, the
 * syncs after the n-th report success and do nothing, as a disk does that lies.
 *
 * The -shm file is never synced and so never kept, as it should be: it is made again. A removed
 * file is removed from the mirror at once; else a log that is gone would come back to life. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static long syncs;

/* The place of a path in the mirror; 0 when it is not below the root. */
static int mirrored(const char *path, char *place) {
    const char *root = getenv("POWERCUT_ROOT"), *mirror = getenv("POWERCUT_MIRROR");
    if (!root || !mirror || strncmp(path, root, strlen(root)) != 0) return 0;
    return snprintf(place, PATH_MAX, "%s%s", mirror, path + strlen(root)) < PATH_MAX;
}

/* Copies in place, never truncating first: a cut in the middle leaves a part of the new beside
 * the rest of the old, as a real one does. */
static void copy(const char *from, const char *to) {
    static char block[1 << 16];
    int in = open(from, O_RDONLY | O_CLOEXEC);
    int out = open(to, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    off_t at = 0;
    ssize_t got;
    if (in < 0 || out < 0) abort();
    while ((got = pread(in, block, sizeof block, at)) > 0) {
        if (pwrite(out, block, got, at) != got) abort();
        at += got;
    }
    if (got < 0 || ftruncate(out, at) != 0) abort();
    close(in);
    close(out);
}

static int keep(int fd) {
    char link[64], path[PATH_MAX], place[PATH_MAX];
    struct stat what;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0 || fstat(fd, &what) != 0) return 0;
    path[length] = 0;
    if (!S_ISREG(what.st_mode) || !mirrored(path, place)) return 0;
    const char *count = getenv("POWERCUT_COUNT"), *lie = getenv("POWERCUT_LIE_AFTER");
    pthread_mutex_lock(&lock);
    syncs++;
    if (!lie || syncs <= atol(lie)) copy(path, place);
    if (count) {
        int out = open(count, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
        if (out < 0 || write(out, "s", 1) != 1) abort();
        close(out);
    }
    pthread_mutex_unlock(&lock);
    return 0;
}

int fsync(int fd) { return keep(fd); }
int fdatasync(int fd) { return keep(fd); }

int unlink(const char *path) {
    static int (*real)(const char *);
    char place[PATH_MAX];
    if (!real) real = (int (*)(const char *))dlsym(RTLD_NEXT, "unlink");
    int answer = real(path);
    if (answer == 0 && mirrored(path, place)) real(place);
    return answer;
}
