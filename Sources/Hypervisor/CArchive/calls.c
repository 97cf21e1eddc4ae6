/* libarchive is loaded with the first seed: it depends on libxml2, ICU and five compressors, none of which a seed needs. */
#include "shim.h"

#define LIBRARY "libarchive.so.13"
#include "loaded.h"

CALL(void, archive_entry_free, (struct archive_entry *a), (a))
CALL(struct archive_entry *, archive_entry_new, (void), ())
CALL(void, archive_entry_set_filetype, (struct archive_entry *a, unsigned int b), (a, b))
CALL(void, archive_entry_set_mtime, (struct archive_entry *a, time_t b, long c), (a, b, c))
CALL(void, archive_entry_set_pathname, (struct archive_entry *a, const char *b), (a, b))
CALL(void, archive_entry_set_perm, (struct archive_entry *a, mode_t b), (a, b))
CALL(void, archive_entry_set_size, (struct archive_entry *a, la_int64_t b), (a, b))
CALL(int, archive_errno, (struct archive *a), (a))
CALL(const char *, archive_error_string, (struct archive *a), (a))
CALL(int, archive_write_close, (struct archive *a), (a))
CALL(la_ssize_t, archive_write_data, (struct archive *a, const void *b, size_t c), (a, b, c))
CALL(int, archive_write_free, (struct archive *a), (a))
CALL(int, archive_write_header, (struct archive *a, struct archive_entry *b), (a, b))
CALL(struct archive *, archive_write_new, (void), ())
CALL(int, archive_write_open_memory, (struct archive *a, void *buffer, size_t buffSize, size_t *used),
     (a, buffer, buffSize, used))
CALL(int, archive_write_set_format_iso9660, (struct archive *a), (a))
CALL(int, archive_write_set_format_option, (struct archive *a, const char *m, const char *o, const char *v),
     (a, m, o, v))
