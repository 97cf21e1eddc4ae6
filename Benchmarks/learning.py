"""Learning in an organisation of a thousand learners and a hundred courses: one's own page, a course, a trainer's page."""

import json
import os
import sqlite3
import statistics
import time

import intranet
import load
import servers

LEARNERS, COURSES, LESSONS = 1_000, 100, 10
ROUNDS = 5


def fill(database):
    """Everyone is enrolled in every course, and half-way; only while no server uses the database."""
    now = int(time.time() * 1000)
    with sqlite3.connect(database) as connection:
        boss = connection.execute("SELECT id FROM users ORDER BY id LIMIT 1").fetchone()[0]
        connection.executemany(
            "INSERT INTO users (username, name, department, created_at, updated_at) VALUES (?, ?, ?, ?, ?)",
            ((f"learner{n}", f"Learner {n}", f"Department {n % 20}", now, now) for n in range(LEARNERS - 1)))
        people = [row[0] for row in connection.execute("SELECT id FROM users ORDER BY id")]
        first = connection.execute("SELECT coalesce(max(id), 0) + 1 FROM courses").fetchone()[0]
        connection.executemany(
            "INSERT INTO courses (id, title, description, category, difficulty, duration, thumbnail_url, author_id,"
            " is_published, is_mandatory, due_date, prerequisites, tags, created_at, updated_at)"
            " VALUES (?, ?, ?, 'technical', 'beginner', 60, '', ?, 1, ?, ?, '[]', '[]', ?, ?)",
            ((first + n, intranet.title(n), intranet.sentence(n), boss, n % 10 == 0, now - 1 if n % 10 == 0 else None, now, now)
             for n in range(COURSES)))
        lesson = connection.execute("SELECT coalesce(max(id), 0) + 1 FROM lessons").fetchone()[0]
        connection.executemany(
            "INSERT INTO lessons (id, course_id, title, description, content, position, duration, video_url, document_url,"
            " is_required, created_at, updated_at) VALUES (?, ?, ?, '', ?, ?, 5, '', '', 1, ?, ?)",
            ((lesson + n, first + n // LESSONS, intranet.title(n), intranet.sentence(n), n % LESSONS, now, now)
             for n in range(COURSES * LESSONS)))
        connection.executemany(
            "INSERT INTO enrollments (course_id, user_id, status, progress, time_spent, last_lesson_id, last_active_at,"
            " started_at, progressed_at, completed_at, created_at, updated_at)"
            " VALUES (?, ?, ?, ?, 600000, ?, ?, ?, ?, ?, ?, ?)", enrolments(people, first, lesson, now))
        connection.execute(
            "INSERT INTO lesson_progress (enrollment_id, lesson_id, time_spent, playhead, completed_at)"
            " SELECT e.id, l.id, 60000, 0, ? FROM enrollments AS e JOIN lessons AS l ON l.course_id = e.course_id"
            " AND l.position < 5", (now,))
    connection.close()
    return first + COURSES - 1


def enrolments(people, course, lesson, now):
    for number in range(COURSES):
        for index, person in enumerate(people):
            isDone = (number + index) % 3 == 0
            at = now - index * 86_400
            yield (course + number, person, "completed" if isDone else "in-progress", 100 if isDone else 50,
                   lesson + number * LESSONS + 4, at, at, at, at if isDone else None, at, at)


def run(make_server, bare, data, sign_in, row):
    """`make_server` starts a server on the new data folder; `bare` is a bare libevent server."""
    database = os.path.join(data, "obox.db")
    courses = []
    server = servers.filled(make_server, lambda: courses.append(fill(database)))
    try:
        server.first_answer()
        cookie = sign_in(server)
        intranet.wait(database)
        measure(server, bare, cookie, row, courses[0])
    finally:
        server.stop()


def measure(server, bare, cookie, row, course):
    # Aims in µs as multiples of the bare server, as if that took 10 µs.
    aims = {
        "my enrolments": ("/api/my-enrollments?limit=50", 20), "a course": (f"/api/courses/{course}", 20),
        "my learning": ("/api/learning/overview", 200),
        f"{LEARNERS:,} learners of a course": (f"/api/courses/{course}/learners?limit=50", 500),
    }
    yard, samples = [], {name: [] for name in aims}
    length = {name: len(json.dumps(json.loads(intranet.ask(server, cookie, "GET", path)))) for name, (path, _) in aims.items()}
    for _ in range(ROUNDS):
        yard.append(load.Sample(bare, "/").microseconds)
        for name, (path, _) in aims.items():
            samples[name].append(load.Sample(server, path, [f"Cookie: {cookie}"]).microseconds)
    for name, taken in samples.items():
        ratio = statistics.median(a / b for a, b in zip(taken, yard))
        row(f"GET {name}", ratio, "× bare libevent", aims[name][1], 2,
            note=f"{statistics.median(taken):.1f} µs CPU, {length[name]:,} bytes")
