/* libzstd is loaded with the first backup. */
#include "shim.h"

#define LIBRARY "libzstd.so.1"
#include "loaded.h"

CALL(ZSTD_CCtx *, ZSTD_createCCtx, (void), ())
CALL(size_t, ZSTD_freeCCtx, (ZSTD_CCtx *a), (a))
CALL(size_t, ZSTD_CCtx_setParameter, (ZSTD_CCtx *a, ZSTD_cParameter b, int c), (a, b, c))
CALL(size_t, ZSTD_compressStream2, (ZSTD_CCtx *a, ZSTD_outBuffer *b, ZSTD_inBuffer *c, ZSTD_EndDirective d),
     (a, b, c, d))
CALL(ZSTD_DCtx *, ZSTD_createDCtx, (void), ())
CALL(size_t, ZSTD_freeDCtx, (ZSTD_DCtx *a), (a))
CALL(size_t, ZSTD_decompressStream, (ZSTD_DCtx *a, ZSTD_outBuffer *b, ZSTD_inBuffer *c), (a, b, c))
CALL(unsigned, ZSTD_isError, (size_t a), (a))
