/* Its functions would else be visible to the library that they stand for. */
#define ZSTDLIB_VISIBLE
#include <zstd.h>
