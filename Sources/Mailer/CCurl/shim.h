#include <curl/curl.h>
#include <dlfcn.h>

// libcurl is loaded with the first mail, not by the dynamic linker: with the twenty libraries it depends
// on, it would add some 3 MB of resident memory and 2 to 4 ms to every start.
// The types come from curl.h, so a call with another signature does not compile.
struct curl_calls {
  __typeof__(&curl_global_init) global_init;
  __typeof__(&curl_easy_init) easy_init;
  __typeof__(&curl_easy_setopt) easy_setopt;
  __typeof__(&curl_easy_getinfo) easy_getinfo;
  __typeof__(&curl_easy_perform) easy_perform;
  __typeof__(&curl_easy_cleanup) easy_cleanup;
  __typeof__(&curl_easy_strerror) easy_strerror;
  __typeof__(&curl_slist_append) slist_append;
  __typeof__(&curl_slist_free_all) slist_free_all;
  __typeof__(&curl_mime_init) mime_init;
  __typeof__(&curl_mime_free) mime_free;
  __typeof__(&curl_mime_addpart) mime_addpart;
  __typeof__(&curl_mime_data) mime_data;
  __typeof__(&curl_mime_type) mime_type;
  __typeof__(&curl_mime_encoder) mime_encoder;
  __typeof__(&curl_mime_headers) mime_headers;
  __typeof__(&curl_mime_subparts) mime_subparts;
};

// In C, because Swift has no type for a pointer to a variadic function. Returns 0, or -1 when the
// library or one of its functions is missing.
static inline int curl_calls_load(struct curl_calls *calls) {
  void *library = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
  if (!library) return -1;
#define CURL_CALL(name) \
  calls->name = (__typeof__(calls->name))dlsym(library, "curl_" #name); \
  if (!calls->name) return -1
  CURL_CALL(global_init);
  CURL_CALL(easy_init);
  CURL_CALL(easy_setopt);
  CURL_CALL(easy_getinfo);
  CURL_CALL(easy_perform);
  CURL_CALL(easy_cleanup);
  CURL_CALL(easy_strerror);
  CURL_CALL(slist_append);
  CURL_CALL(slist_free_all);
  CURL_CALL(mime_init);
  CURL_CALL(mime_free);
  CURL_CALL(mime_addpart);
  CURL_CALL(mime_data);
  CURL_CALL(mime_type);
  CURL_CALL(mime_encoder);
  CURL_CALL(mime_headers);
  CURL_CALL(mime_subparts);
#undef CURL_CALL
  // A macro with shifts, which Swift does not import.
  return calls->global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK ? 0 : -1;
}

// curl_easy_setopt and curl_easy_getinfo are variadic: one function for each type of argument.
static inline CURLcode curl_set_number(const struct curl_calls *calls, CURL *easy, CURLoption option, long value) {
  return calls->easy_setopt(easy, option, value);
}

static inline CURLcode curl_set_text(
    const struct curl_calls *calls, CURL *easy, CURLoption option, const char *value) {
  return calls->easy_setopt(easy, option, value);
}

static inline CURLcode curl_set_pointer(const struct curl_calls *calls, CURL *easy, CURLoption option, void *value) {
  return calls->easy_setopt(easy, option, value);
}

static inline CURLcode curl_set_reply_callback(
    const struct curl_calls *calls, CURL *easy, size_t (*callback)(char *, size_t, size_t, void *)) {
  return calls->easy_setopt(easy, CURLOPT_HEADERFUNCTION, callback);
}

static inline CURLcode curl_set_progress_callback(
    const struct curl_calls *calls, CURL *easy,
    int (*callback)(void *, curl_off_t, curl_off_t, curl_off_t, curl_off_t)) {
  return calls->easy_setopt(easy, CURLOPT_XFERINFOFUNCTION, callback);
}

static inline CURLcode curl_set_debug_callback(
    const struct curl_calls *calls, CURL *easy, int (*callback)(CURL *, curl_infotype, char *, size_t, void *)) {
  return calls->easy_setopt(easy, CURLOPT_DEBUGFUNCTION, callback);
}

static inline long curl_reply_code(const struct curl_calls *calls, CURL *easy) {
  long code = 0;
  return calls->easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &code) == CURLE_OK ? code : 0;
}

// -1 when there is no connection.
static inline int curl_socket(const struct curl_calls *calls, CURL *easy) {
  curl_socket_t socket = CURL_SOCKET_BAD;
  return calls->easy_getinfo(easy, CURLINFO_ACTIVESOCKET, &socket) == CURLE_OK ? socket : -1;
}

// libidn2 is a dependency of libcurl and is loaded with the first address whose domain is not ASCII. Its header
// is in a separate package, so the two functions used are declared here as in its manual.
static inline int idn_convert(const char *function, const char *name, char **converted) {
  typedef int (*convert)(const char *, char **, int);
  void *library = dlopen("libidn2.so.0", RTLD_NOW | RTLD_LOCAL);
  if (!library) return -1;
  convert call = (convert)dlsym(library, function);
  // 1 is IDN2_NFC_INPUT, 8 IDN2_NONTRANSITIONAL, as browsers do it (UTS 46).
  return call ? call(name, converted, 1 | 8) : -1;
}

static inline int idn_to_ascii(const char *name, char **ascii) { return idn_convert("idn2_to_ascii_8z", name, ascii); }

static inline int idn_to_unicode(const char *name, char **unicode) {
  return idn_convert("idn2_to_unicode_8z8z", name, unicode);
}
