/* SQLite writes each page of the write-ahead log with two system calls. Here they are gathered in memory, and written at
 * once when the log is to be on the disk. All other files are the system's own.
 *
 * Why nothing is lost and nobody reads too little: a commit is told to others, and to the caller, only after the log was
 * synced (synchronous=FULL), which writes what was gathered first and fails if that fails. Until then only the writing
 * connection knows these pages; where it reads them again, it is answered from the memory. What is still here when the
 * process dies was never committed. */

#include "shim.h"
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

/* SQLite's file system for Unix takes less than 128 KiB at a time. */
enum { first_room = 16 << 10, most_room = 120 << 10, kept_room = 64 << 10 };

struct log_file {
  sqlite3_file base;
  unsigned char *bytes; /* to be written at `start` */
  int count, room, gathers;
  sqlite3_int64 start;
  sqlite3_file *real; /* lies behind this */
};

static sqlite3_vfs *system_files;
static sqlite3_vfs our_files;

static struct log_file *file_of(sqlite3_file *file) { return (struct log_file *)file; }

/* What was gathered is written, or given up: the caller fails, and with it the transaction that it is part of. */
static int write_gathered(struct log_file *log) {
  int count = log->count;
  if (count == 0) return SQLITE_OK;
  log->count = 0;
  return log->real->pMethods->xWrite(log->real, log->bytes, count, log->start);
}

static int make_room(struct log_file *log, int wanted) {
  int room = log->room ? log->room : first_room;
  while (room < wanted) room *= 2;
  if (room == log->room) return 1;
  unsigned char *bytes = realloc(log->bytes, (size_t)room);
  if (!bytes) return 0;
  log->bytes = bytes;
  log->room = room;
  return 1;
}

static int log_write(sqlite3_file *file, const void *bytes, int count, sqlite3_int64 place) {
  struct log_file *log = file_of(file);
  sqlite3_int64 end = log->start + log->count;
  if (!log->gathers) return log->real->pMethods->xWrite(log->real, bytes, count, place);
  if (log->count > 0 && place >= log->start && place + count <= end) {
    memcpy(log->bytes + (place - log->start), bytes, (size_t)count);
    return SQLITE_OK;
  }
  if (log->count > 0 && (place != end || count > most_room - log->count)) {
    int result = write_gathered(log);
    if (result != SQLITE_OK) return result;
  }
  if (count > most_room || !make_room(log, log->count + count)) {
    int result = write_gathered(log);
    return result != SQLITE_OK ? result : log->real->pMethods->xWrite(log->real, bytes, count, place);
  }
  if (log->count == 0) log->start = place;
  memcpy(log->bytes + log->count, bytes, (size_t)count);
  log->count += count;
  return SQLITE_OK;
}

static int log_read(sqlite3_file *file, void *bytes, int count, sqlite3_int64 place) {
  struct log_file *log = file_of(file);
  sqlite3_int64 end = log->start + log->count;
  if (log->count > 0 && place < end && place + count > log->start) {
    if (place >= log->start && place + count <= end) {
      memcpy(bytes, log->bytes + (place - log->start), (size_t)count);
      return SQLITE_OK;
    }
    int result = write_gathered(log);
    if (result != SQLITE_OK) return result;
  }
  return log->real->pMethods->xRead(log->real, bytes, count, place);
}

static int log_sync(sqlite3_file *file, int flags) {
  struct log_file *log = file_of(file);
  int result = write_gathered(log);
  if (result != SQLITE_OK) return result;
  if (log->room > kept_room) {
    free(log->bytes);
    log->bytes = NULL;
    log->room = 0;
  }
  return log->real->pMethods->xSync(log->real, flags);
}

static int log_truncate(sqlite3_file *file, sqlite3_int64 size) {
  int result = write_gathered(file_of(file));
  return result != SQLITE_OK ? result : file_of(file)->real->pMethods->xTruncate(file_of(file)->real, size);
}

static int log_size(sqlite3_file *file, sqlite3_int64 *size) {
  int result = write_gathered(file_of(file));
  return result != SQLITE_OK ? result : file_of(file)->real->pMethods->xFileSize(file_of(file)->real, size);
}

static int log_close(sqlite3_file *file) {
  struct log_file *log = file_of(file);
  free(log->bytes);
  log->bytes = NULL;
  log->count = log->room = 0;
  return log->real->pMethods->xClose(log->real);
}

static int log_lock(sqlite3_file *file, int kind) {
  return file_of(file)->real->pMethods->xLock(file_of(file)->real, kind);
}

static int log_unlock(sqlite3_file *file, int kind) {
  return file_of(file)->real->pMethods->xUnlock(file_of(file)->real, kind);
}

static int log_is_reserved(sqlite3_file *file, int *is_reserved) {
  return file_of(file)->real->pMethods->xCheckReservedLock(file_of(file)->real, is_reserved);
}

static int log_control(sqlite3_file *file, int control, void *argument) {
  return file_of(file)->real->pMethods->xFileControl(file_of(file)->real, control, argument);
}

static int log_sector_size(sqlite3_file *file) {
  return file_of(file)->real->pMethods->xSectorSize(file_of(file)->real);
}

static int log_characteristics(sqlite3_file *file) {
  return file_of(file)->real->pMethods->xDeviceCharacteristics(file_of(file)->real);
}

static const sqlite3_io_methods log_methods = {
    .iVersion = 1,
    .xClose = log_close,
    .xRead = log_read,
    .xWrite = log_write,
    .xTruncate = log_truncate,
    .xSync = log_sync,
    .xFileSize = log_size,
    .xLock = log_lock,
    .xUnlock = log_unlock,
    .xCheckReservedLock = log_is_reserved,
    .xFileControl = log_control,
    .xSectorSize = log_sector_size,
    .xDeviceCharacteristics = log_characteristics,
};

static int open_file(sqlite3_vfs *files, const char *name, sqlite3_file *file, int flags, int *opened) {
  (void)files;
  if (!(flags & SQLITE_OPEN_WAL)) return system_files->xOpen(system_files, name, file, flags, opened);
  struct log_file *log = file_of(file);
  memset(log, 0, sizeof *log);
  log->real = (sqlite3_file *)(log + 1);
  memset(log->real, 0, (size_t)system_files->szOsFile);
  int result = system_files->xOpen(system_files, name, log->real, flags, opened);
  /* Where it could not be opened there is nothing to close. */
  if (log->real->pMethods) log->base.pMethods = &log_methods;
  return result;
}

static const char *register_files(void) {
  system_files = sqlite3_vfs_find(NULL);
  if (!system_files) return NULL;
  our_files = *system_files;
  our_files.zName = "obox-log";
  our_files.szOsFile += (int)sizeof(struct log_file);
  our_files.xOpen = open_file;
  our_files.pNext = NULL;
  return sqlite3_vfs_register(&our_files, 0) == SQLITE_OK ? our_files.zName : NULL;
}

void store_gather_log(sqlite3 *connection) {
  sqlite3_file *file = NULL;
  int result = sqlite3_file_control(connection, "main", SQLITE_FCNTL_JOURNAL_POINTER, &file);
  if (result == SQLITE_OK && file && file->pMethods == &log_methods) file_of(file)->gathers = 1;
}

const char *store_log_file_system(void) {
  /* Connections may be opened by several threads at once. */
  static const char *name;
  static char is_registered;
  sqlite3_mutex *mutex = sqlite3_mutex_alloc(SQLITE_MUTEX_STATIC_APP1);
  sqlite3_mutex_enter(mutex);
  if (!is_registered) {
    is_registered = 1;
    name = register_files();
  }
  sqlite3_mutex_leave(mutex);
  return name;
}
