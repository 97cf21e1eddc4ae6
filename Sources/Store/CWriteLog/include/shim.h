#ifndef OBOX_WRITE_LOG_H
#define OBOX_WRITE_LOG_H

/* The name of a file system for SQLite that gathers what is appended to the write-ahead log; null where the system's
 * own has to do. For connections that are used by one thread at a time. */
const char *store_log_file_system(void);

struct sqlite3;

/* From now on it gathers, which a connection of it may do that syncs the log at each commit. */
void store_gather_log(struct sqlite3 *connection);

#endif
