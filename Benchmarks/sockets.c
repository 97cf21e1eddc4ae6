/* Many clients of the chat in one process on epoll: sends, waits for answers, counts and measures.

   sockets idle PORT PID TOKENS CHANNEL LISTENERS      joins, and answers pings until standard input ends
   sockets post PORT PID TOKENS CHANNEL SENDERS SECONDS
   sockets fan  PORT PID TOKENS CHANNEL LISTENERS ROUNDS SECONDS WINDOW

   TOKENS is a file with a session token per line; PID is the server's, to read its processor time.
   Prints one line of JSON when it is done, or when all sockets are open. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { PIECE = 256 * 1024, LINE = 128, OPENING = 128, PATIENCE = 60, SECOND = 1000000000 };

struct peer {
  int fd, is_open, is_listening;
  int64_t sent_at;
  size_t length;
  char *rest;
};

static int port, poller, token_count;
static pid_t server;
static char (*tokens)[LINE];
static struct peer *peers;
static int peer_count, opened, listening, sample_count, sample_room;
static int64_t acknowledged, delivered, posted, *samples;
static const char *channel;
static char piece[PIECE];
static void (*when_acknowledged)(struct peer *);

static int64_t nanoseconds(clockid_t clock) {
  struct timespec time;
  clock_gettime(clock, &time);
  return (int64_t)time.tv_sec * SECOND + time.tv_nsec;
}

static int64_t now(void) { return nanoseconds(CLOCK_MONOTONIC); }
static int64_t used(void) { return nanoseconds((clockid_t)(~(unsigned)server << 3 | 2)); /* the per-process clock */ }

static _Noreturn void die(const char *format, ...) {
  va_list words;
  va_start(words, format);
  vfprintf(stderr, format, words);
  va_end(words);
  fputc('\n', stderr);
  exit(1);
}

static void take_sample(int64_t value) {
  if (sample_count == sample_room) {
    sample_room = sample_room ? 2 * sample_room : 1024;
    samples = realloc(samples, (size_t)sample_room * sizeof *samples);
  }
  samples[sample_count++] = value;
}

static int by_value(const void *a, const void *b) {
  int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
  return x < y ? -1 : x > y;
}

/* The given percentile of the samples in microseconds. */
static double percentile(int hundredth) {
  qsort(samples, (size_t)sample_count, sizeof *samples, by_value);
  return sample_count == 0 ? 0 : (double)samples[(int64_t)(sample_count - 1) * hundredth / 100] / 1000;
}

static void put(struct peer *peer, const void *bytes, size_t length) {
  ssize_t sent = send(peer->fd, bytes, length, MSG_NOSIGNAL);
  if (sent != (ssize_t)length) die("a socket takes nothing more: %s", strerror(errno));
}

/* A key of zeroes leaves the payload unchanged, at no cost here. */
static void put_frame(struct peer *peer, int opcode, const char *payload, size_t length) {
  char frame[1024] = {(char)(0x80 | opcode)};
  size_t head = 2;
  if (length > sizeof frame - 8) die("a frame of %zu bytes is not foreseen", length);
  frame[1] = (char)(0x80 | (length < 126 ? length : 126));
  if (length > 125) {
    frame[2] = (char)(length >> 8);
    frame[3] = (char)length;
    head = 4;
  }
  memset(frame + head, 0, 4);
  memcpy(frame + head + 4, payload, length);
  put(peer, frame, head + 4 + length);
}

static void say(struct peer *peer, const char *format, ...) {
  char text[900];
  va_list words;
  va_start(words, format);
  int length = vsnprintf(text, sizeof text, format, words);
  va_end(words);
  put_frame(peer, 1, text, (size_t)length);
}

static void post(struct peer *peer) {
  posted++;
  peer->sent_at = now();
  say(peer,
      "{\"type\":\"CHAT_MESSAGE\",\"payload\":{\"channel\":\"%s\",\"clientId\":\"%d-%lld-%lld\","
      "\"text\":\"What people write to each other is about as long as this sentence, or shorter.\"}}",
      channel, getpid(), (long long)(peer->sent_at & 0xFFFFFFFF), (long long)posted);
}

static int is_type(const char *payload, size_t length, const char *type) {
  size_t size = strlen(type);
  return length > size + 10 && memcmp(payload + 9, type, size) == 0 && payload[9 + size] == '"';
}

static void take_text(struct peer *peer, const char *payload, size_t length) {
  if (is_type(payload, length, "CHAT_MESSAGE")) {
    delivered += peer->is_listening;
  } else if (is_type(payload, length, "CHAT_ACK")) {
    acknowledged++;
    if (when_acknowledged) when_acknowledged(peer);
  } else if (is_type(payload, length, "AUTHENTICATED")) {
    peer->is_open = 1;
    opened++;
  } else if (is_type(payload, length, "CHANNEL_JOINED")) {
    peer->is_listening = 1;
    listening++;
  } else if (is_type(payload, length, "ERROR")) {
    die("the server refuses: %.*s", (int)length, payload);
  }
}

/* Consumes the complete frames; returns their number of bytes. */
static size_t take_frames(struct peer *peer, const char *bytes, size_t count) {
  size_t start = 0;
  while (count - start >= 2) {
    const unsigned char *frame = (const unsigned char *)bytes + start;
    size_t left = count - start, head = 2, length = frame[1];
    if (length == 126) {
      if (left < 4) break;
      head = 4;
      length = (size_t)frame[2] << 8 | frame[3];
    } else if (length == 127) {
      if (left < 10) break;
      head = 10;
      length = 0;
      for (int index = 2; index < 10; index++) length = length << 8 | frame[index];
    }
    if (left < head + length) break;
    const char *payload = (const char *)frame + head;
    switch (frame[0] & 15) {
    case 1: take_text(peer, payload, length); break;
    case 8: die("the server closes: %.*s", length > 2 ? (int)length - 2 : 0, payload + 2);
    case 9: put_frame(peer, 10, payload, length); break;
    default: break;
    }
    start += head + length;
  }
  return start;
}

static void receive(struct peer *peer) {
  size_t length = peer->length;
  if (length > 0) memcpy(piece, peer->rest, length);
  ssize_t got = recv(peer->fd, piece + length, sizeof piece - length, MSG_DONTWAIT);
  if (got < 0 && errno == EAGAIN) return;
  if (got <= 0) die("the server is gone: %s", got < 0 ? strerror(errno) : "it closed");
  length += (size_t)got;
  size_t start = 0;
  if (!peer->is_open && piece[0] == 'H') {
    char *end = memmem(piece, length, "\r\n\r\n", 4);
    if (end && memcmp(piece, "HTTP/1.1 101", 12) != 0) die("no socket: %.*s", (int)length, piece);
    if (end) start = (size_t)(end + 4 - piece);
  }
  if (start > 0 || piece[0] != 'H') start += take_frames(peer, piece + start, length - start);
  peer->length = length - start;
  if (peer->length == 0 && !peer->rest) return;
  free(peer->rest);
  peer->rest = peer->length ? malloc(peer->length) : NULL;
  if (peer->length) memcpy(peer->rest, piece + start, peer->length);
}

static void turn(int milliseconds) {
  struct epoll_event events[1024];
  int count = epoll_wait(poller, events, 1024, milliseconds);
  for (int index = 0; index < count; index++) if (events[index].data.ptr) receive(events[index].data.ptr);
}

static void wait_for(const int *number, int wanted, const char *what) {
  int64_t end = now() + (int64_t)PATIENCE * SECOND;
  while (*number < wanted) {
    if (now() > end) die("only %d of %d %s", *number, wanted, what);
    turn(100);
  }
}

static void open_one(struct peer *peer, int number) {
  struct sockaddr_in name = {
      .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  char head[512];
  int on = 1, length;
  peer->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (peer->fd < 0) die("no socket can be made: %s", strerror(errno));
  if (connect(peer->fd, (struct sockaddr *)&name, sizeof name) != 0) die("connect: %s", strerror(errno));
  setsockopt(peer->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  length = snprintf(head, sizeof head,
                    "GET /ws HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                    "Authorization: Bearer %s\r\n\r\n",
                    port, tokens[number % token_count]);
  put(peer, head, (size_t)length);
  struct epoll_event event = {.events = EPOLLIN, .data.ptr = peer};
  epoll_ctl(poller, EPOLL_CTL_ADD, peer->fd, &event);
}

static void open_all(int count) {
  peers = calloc((size_t)count, sizeof *peers);
  peer_count = count;
  for (int number = 0; number < count; number++) {
    wait_for(&opened, number - OPENING, "sockets were opened");
    open_one(&peers[number], number);
  }
  wait_for(&opened, count, "sockets were opened");
}

/* All but the first few join the channel. */
static void join_all(int others) {
  for (int number = others; number < peer_count; number++) {
    wait_for(&listening, number - others - OPENING, "listeners joined");
    say(&peers[number], "{\"type\":\"JOIN_CHANNEL\",\"payload\":{\"channel\":\"%s\",\"limit\":1}}", channel);
  }
  wait_for(&listening, peer_count - others, "listeners joined");
}

static void idle(int count) {
  struct epoll_event event = {.events = EPOLLIN | EPOLLHUP};
  struct pollfd input = {.events = POLLIN};
  open_all(count);
  join_all(0);
  printf("{\"sockets\": %d}\n", count);
  fflush(stdout);
  epoll_ctl(poller, EPOLL_CTL_ADD, 0, &event);
  do {
    turn(1000);
  } while (poll(&input, 1, 0) == 0);
}

static void note_and_post(struct peer *peer) {
  take_sample(now() - peer->sent_at);
  post(peer);
}

static void measure_posts(int senders, double seconds) {
  open_all(senders);
  when_acknowledged = note_and_post;
  for (int number = 0; number < senders; number++) post(&peers[number]);
  while (acknowledged < 4 * senders) turn(100);
  sample_count = 0;
  int64_t begun = now(), cpu = used(), before = acknowledged;
  while (now() < begun + (int64_t)(seconds * 1e9)) turn(100);
  double took = (double)(now() - begun) / 1e9;
  printf("{\"posts\": %.1f, \"p50\": %.1f, \"p99\": %.1f, \"cpu\": %.2f}\n",
         (double)(acknowledged - before) / took, percentile(50), percentile(99),
         (double)(used() - cpu) / 1000 / (double)(acknowledged - before));
}

/* Waits until every posted message has reached every listener. */
static void finish_fan(int listeners) {
  int64_t end = now() + (int64_t)PATIENCE * SECOND;
  while (delivered < posted * listeners || acknowledged < posted) {
    if (now() > end) die("%lld of %lld were delivered", (long long)delivered, (long long)posted * listeners);
    turn(100);
  }
}

static void measure_fan(int listeners, int rounds, double seconds, int window) {
  open_all(listeners + 1);
  join_all(1);
  delivered = posted = acknowledged = 0;
  for (int number = 0; number < 5; number++) {
    post(peers);
    finish_fan(listeners);
  }
  int64_t cpu = used();
  for (int number = 0; number < rounds; number++) {
    int64_t begun = now();
    post(peers);
    while (delivered < posted * listeners) turn(100);
    take_sample(now() - begun);
    finish_fan(listeners);
  }
  double single = (double)(used() - cpu) / 1000 / ((double)rounds * listeners);
  int64_t before = delivered, begun = now();
  cpu = used();
  while (now() < begun + (int64_t)(seconds * 1e9)) {
    while (delivered > (posted - window) * listeners) post(peers);
    turn(100);
  }
  finish_fan(listeners);
  double took = (double)(now() - begun) / 1e9, count = (double)(delivered - before);
  printf("{\"p50\": %.3f, \"p99\": %.3f, \"single\": %.2f, \"busy\": %.2f, \"deliveries\": %.0f, \"posts\": %.0f}\n",
         percentile(50) / 1000, percentile(99) / 1000, single, (double)(used() - cpu) / 1000 / count,
         count / took, count / took / listeners);
}

static void read_tokens(const char *path) {
  FILE *file = fopen(path, "r");
  int room = 0;
  if (!file) die("%s: %s", path, strerror(errno));
  for (;;) {
    if (token_count == room) tokens = realloc(tokens, (size_t)(room += 1024) * LINE);
    if (fscanf(file, "%127s", tokens[token_count]) != 1) break;
    token_count++;
  }
  fclose(file);
  if (token_count == 0) die("%s holds no token", path);
}

int main(int count, char **words) {
  struct rlimit limits;
  if (count < 7) die("see the first lines of sockets.c");
  getrlimit(RLIMIT_NOFILE, &limits);
  limits.rlim_cur = limits.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limits);
  poller = epoll_create1(EPOLL_CLOEXEC);
  port = atoi(words[2]);
  server = atoi(words[3]);
  read_tokens(words[4]);
  channel = words[5];
  if (strcmp(words[1], "idle") == 0 && count == 7) {
    idle(atoi(words[6]));
  } else if (strcmp(words[1], "post") == 0 && count == 8) {
    measure_posts(atoi(words[6]), atof(words[7]));
  } else if (strcmp(words[1], "fan") == 0 && count == 10) {
    measure_fan(atoi(words[6]), atoi(words[7]), atof(words[8]), atoi(words[9]));
  } else {
    die("see the first lines of sockets.c");
  }
  return 0;
}
