/* A minimal chat on libevent, for comparison: accepts sockets, and sends each message to all that joined, with shared
   bytes. Nothing is validated or stored. Prints its port. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/event.h>
#include <event2/listener.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

static const char upgraded[] = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n";
static const char signed_in[] = "{\"type\":\"AUTHENTICATED\",\"payload\":{}}";
static const char joined[] = "{\"type\":\"CHANNEL_JOINED\",\"payload\":{}}";
static const char acknowledged[] = "{\"type\":\"CHAT_ACK\",\"payload\":{\"clientId\":\"1234567890\",\"id\":\"1\"}}";

/* The length of a chat message with one sentence. */
static char message[464] = "{\"type\":\"CHAT_MESSAGE\",\"payload\":{";

static struct bufferevent **listeners;
static size_t listener_count, listener_room;

static void put(struct bufferevent *to, const char *text, size_t length) {
  unsigned char head[4] = {0x81, (unsigned char)length};
  if (length > 125) {
    head[1] = 126;
    head[2] = (unsigned char)(length >> 8);
    head[3] = (unsigned char)length;
  }
  bufferevent_write(to, head, length > 125 ? 4 : 2);
  bufferevent_write(to, text, length);
}

static void join(struct bufferevent *socket) {
  if (listener_count == listener_room) {
    listener_room = listener_room ? 2 * listener_room : 1024;
    listeners = realloc(listeners, listener_room * sizeof *listeners);
  }
  listeners[listener_count++] = socket;
  put(socket, joined, sizeof joined - 1);
}

/* Header and body in one block of memory, shared by all listeners. */
static void publish(void) {
  static unsigned char frame[sizeof message + 4] = {0x81, 126, sizeof message >> 8, sizeof message & 255};
  memcpy(frame + 4, message, sizeof message);
  for (size_t index = 0; index < listener_count; index++) bufferevent_write(listeners[index], frame, sizeof frame);
}

static void take(struct bufferevent *socket, const char *text, size_t length) {
  if (memmem(text, length, "\"JOIN_CHANNEL\"", 14)) {
    join(socket);
  } else if (memmem(text, length, "\"CHAT_MESSAGE\"", 14)) {
    publish();
    put(socket, acknowledged, sizeof acknowledged - 1);
  }
}

/* Frames as sent by the load generator: masked with zeroes, shorter than 64 KiB. */
static void received(struct bufferevent *socket, void *unused) {
  struct evbuffer *input = bufferevent_get_input(socket);
  (void)unused;
  for (;;) {
    size_t count = evbuffer_get_length(input), head = 6, length;
    unsigned char *bytes = evbuffer_pullup(input, -1);
    if (count < 6) return;
    if (bytes[0] == 'G') {
      struct evbuffer_ptr end = evbuffer_search(input, "\r\n\r\n", 4, NULL);
      if (end.pos < 0) return;
      evbuffer_drain(input, (size_t)end.pos + 4);
      bufferevent_write(socket, upgraded, sizeof upgraded - 1);
      put(socket, signed_in, sizeof signed_in - 1);
      continue;
    }
    length = bytes[1] & 127;
    if (length == 126) {
      head = 8;
      length = (size_t)bytes[2] << 8 | bytes[3];
    }
    if (count < head + length) return;
    take(socket, (const char *)bytes + head, length);
    evbuffer_drain(input, head + length);
  }
}

static void ended(struct bufferevent *socket, short what, void *unused) {
  (void)unused;
  if (!(what & (BEV_EVENT_EOF | BEV_EVENT_ERROR))) return;
  for (size_t index = 0; index < listener_count; index++) {
    if (listeners[index] == socket) listeners[index--] = listeners[--listener_count];
  }
  bufferevent_free(socket);
}

static void accepted(struct evconnlistener *listener, evutil_socket_t number, struct sockaddr *name, int length,
                     void *unused) {
  struct bufferevent *socket =
      bufferevent_socket_new(evconnlistener_get_base(listener), number, BEV_OPT_CLOSE_ON_FREE);
  int on = 1;
  (void)name, (void)length, (void)unused;
  setsockopt(number, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  bufferevent_setcb(socket, received, NULL, ended, NULL);
  bufferevent_enable(socket, EV_READ | EV_WRITE);
}

int main(void) {
  struct event_base *base = event_base_new();
  struct sockaddr_in name = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t length = sizeof name;
  struct rlimit limits;
  getrlimit(RLIMIT_NOFILE, &limits);
  limits.rlim_cur = limits.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limits);
  memset(message + strlen(message), 'x', sizeof message - strlen(message));
  struct evconnlistener *listener = evconnlistener_new_bind(
      base, accepted, NULL, LEV_OPT_CLOSE_ON_FREE | LEV_OPT_REUSEABLE, 1024, (struct sockaddr *)&name, sizeof name);
  if (!listener) return 1;
  if (getsockname(evconnlistener_get_fd(listener), (struct sockaddr *)&name, &length) != 0) return 1;
  printf("%d\n", ntohs(name.sin_port));
  fflush(stdout);
  return event_base_dispatch(base);
}
