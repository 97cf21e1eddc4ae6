"""A long topic of the forum, opened at the first unread post: the topic, and the page of posts from there."""

import json
import statistics

import load

POSTS, PAGE = 10_000, 30
ROUNDS = 5
# As a multiple of the bare server, as if that took 10 µs: 300 µs.
AIM = 30


def fill(connection, boss, now):
    """Inserts the topic, half of it read; only while no server uses the database."""
    connection.execute(
        "INSERT INTO forum_categories (name, description, icon, color, is_visible, sort_order, moderator_ids, permissions,"
        " created_at, updated_at) VALUES ('Long', '', '', '#3B82F6', 1, 1, '[]', '[]', ?, ?)", (now, now))
    topic = connection.execute(
        "INSERT INTO forum_topics (category_id, author_id, author_name, title, description, is_sticky, is_pinned, is_locked,"
        " is_announcement, tags, status, number, activity, created_at, updated_at)"
        " VALUES ((SELECT max(id) FROM forum_categories), ?, 'Boss', 'A long topic', '', 0, 0, 0, 0, '[]', 'published',"
        " 1, 1, ?, ?)", (boss, now, now)).lastrowid
    connection.executemany(
        "INSERT INTO forum_posts (topic_id, author_id, author_name, content, html, is_first, status, number, like_count,"
        " created_at, updated_at) VALUES (?, ?, 'Person', ?, ?, ?, 'published', ?, ?, ?, ?)",
        ((topic, boss + n % 500, text(n), f"<p>{text(n)}</p>\n", n == 0, n + 2, n % 5, now, now) for n in range(POSTS)))
    connection.execute("UPDATE forum_numbers SET last = ? WHERE id = 1", (POSTS + 1,))
    connection.execute("INSERT INTO forum_reads VALUES (?, ?, ?)", (boss, topic, POSTS // 2))


def text(number):
    return f"Post {number} says **what** it has to say about the pump in room {number % 97}. " * 3


def measure(server, bare, cookie, ask, row):
    """`ask` gets an answer of the server."""
    topics = json.loads(ask(server, cookie, "GET", "/api/forum/topics?limit=1"))
    topic = json.loads(ask(server, cookie, "GET", f"/api/forum/topics/{topics[0]['id']}"))
    path = f"/api/forum/topics/{topic['id']}"
    posts = f"{path}/posts?after={topic['firstUnread'] - 1}&limit={PAGE}"
    if topic["postCount"] != POSTS or len(json.loads(ask(server, cookie, "GET", posts))) != PAGE:
        raise SystemExit("the long topic is not as expected")
    yard, samples = [], {path: [], posts: []}
    for _ in range(ROUNDS):
        yard.append(load.Sample(bare, "/").microseconds)
        for target, taken in samples.items():
            taken.append(load.Sample(server, target, [f"Cookie: {cookie}"]).microseconds)
    for name, target in ((f"GET a topic of {POSTS:,} posts", path), (f"GET its {PAGE} posts at the first unread", posts)):
        taken = samples[target]
        ratio = statistics.median(a / b for a, b in zip(taken, yard))
        row(name, ratio, "× bare libevent", AIM, 2, note=f"{statistics.median(taken):.1f} µs CPU")
