// Must come first, so that the C library's features are defined before <event2/event-config.h> defines
// _GNU_SOURCE: Swift would otherwise see two different fd_set types.
#include <features.h>
// malloc_trim, which Swift's Glibc module does not export.
#include <malloc.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <event2/event.h>
#include <event2/thread.h>
#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/bufferevent_ssl.h>
#include <event2/http.h>
#include <event2/http_struct.h>
#include <event2/keyvalq_struct.h>
#include <event2/listener.h>
#include <event2/util.h>
#include <openssl/ssl.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

// SSL_OP_NO_RENEGOTIATION is a macro with a cast, which Swift cannot import.
static const uint64_t obox_ssl_op_no_renegotiation = SSL_OP_NO_RENEGOTIATION;
