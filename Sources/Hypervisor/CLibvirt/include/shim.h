#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>
#include <pthread.h>
#include <semaphore.h>
#include <time.h>

// glibc declares these two only under _GNU_SOURCE, which Swift's importer does not set.
extern int sem_clockwait(sem_t *semaphore, clockid_t clock, const struct timespec *deadline);
extern int pthread_setname_np(pthread_t thread, const char *name);
