/* A minimal HTTP server on libevent with one small JSON response, for comparison. Prints its port. */
#include <event2/buffer.h>
#include <event2/event.h>
#include <event2/http.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <sys/socket.h>

static const char body[] = "{\"status\":\"ok\",\"version\":\"0.1.0\",\"hypervisor\":\"connected\","
                           "\"time\":\"2026-11-20T09:54:12.345Z\"}";

static void answer(struct evhttp_request *request, void *unused) {
  struct evbuffer *buffer = evbuffer_new();
  (void)unused;
  evbuffer_add(buffer, body, sizeof body - 1);
  evhttp_add_header(evhttp_request_get_output_headers(request), "Content-Type", "application/json");
  evhttp_send_reply(request, 200, "OK", buffer);
  evbuffer_free(buffer);
}

int main(void) {
  struct event_base *base = event_base_new();
  struct evhttp *http = evhttp_new(base);
  struct evhttp_bound_socket *bound = evhttp_bind_socket_with_handle(http, "127.0.0.1", 0);
  struct sockaddr_in name;
  socklen_t length = sizeof name;
  int on = 1;
  if (!bound) return 1;
  evutil_socket_t listening = evhttp_bound_socket_get_fd(bound);
  setsockopt(listening, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (getsockname(listening, (struct sockaddr *)&name, &length) != 0) return 1;
  evhttp_set_gencb(http, answer, NULL);
  printf("%d\n", ntohs(name.sin_port));
  fflush(stdout);
  return event_base_dispatch(base);
}
