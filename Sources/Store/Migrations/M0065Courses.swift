extension Migration {
  /// Courses with their lessons, who is enrolled in them, and how far each person is.
  static let courses = Migration(
    65, "courses",
    sql: """
      CREATE TABLE courses (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        title TEXT NOT NULL,
        description TEXT NOT NULL,
        category TEXT NOT NULL,
        difficulty TEXT NOT NULL,
        duration INTEGER NOT NULL,
        thumbnail_url TEXT NOT NULL,
        author_id INTEGER REFERENCES users (id) ON DELETE SET NULL,
        is_published INTEGER NOT NULL,
        is_mandatory INTEGER NOT NULL,
        prerequisites TEXT NOT NULL,
        tags TEXT NOT NULL,
        deleted_at INTEGER,
        deleted_by INTEGER,
        created_at INTEGER NOT NULL,
        updated_at INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX courses_by_author ON courses (author_id);
      CREATE INDEX courses_deleted ON courses (deleted_at) WHERE deleted_at IS NOT NULL;
      \(searched("courses", on: ["title", "description", "deleted_at"]))

      CREATE TABLE lessons (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        course_id INTEGER NOT NULL REFERENCES courses (id) ON DELETE CASCADE,
        title TEXT NOT NULL,
        description TEXT NOT NULL,
        content TEXT NOT NULL,
        position INTEGER NOT NULL,
        duration INTEGER NOT NULL,
        video_url TEXT NOT NULL,
        document_url TEXT NOT NULL,
        is_required INTEGER NOT NULL,
        deleted_at INTEGER,
        deleted_by INTEGER,
        created_at INTEGER NOT NULL,
        updated_at INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX lessons_by_course ON lessons (course_id);
      CREATE INDEX lessons_in_order ON lessons (course_id, position);
      CREATE INDEX lessons_deleted ON lessons (deleted_at) WHERE deleted_at IS NOT NULL;
      \(searched("lessons", on: ["title", "content", "deleted_at"]))

      -- time_spent in milliseconds, progress in percent.
      CREATE TABLE enrollments (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        course_id INTEGER NOT NULL REFERENCES courses (id) ON DELETE CASCADE,
        user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        status TEXT NOT NULL,
        progress INTEGER NOT NULL,
        time_spent INTEGER NOT NULL,
        score INTEGER,
        last_lesson_id INTEGER REFERENCES lessons (id) ON DELETE SET NULL,
        last_active_at INTEGER NOT NULL,
        started_at INTEGER,
        completed_at INTEGER,
        created_at INTEGER NOT NULL,
        updated_at INTEGER NOT NULL,
        UNIQUE (course_id, user_id)
      ) STRICT;
      CREATE INDEX enrollments_by_user ON enrollments (user_id);
      CREATE INDEX enrollments_by_lesson ON enrollments (last_lesson_id);
      CREATE INDEX enrollments_to_continue ON enrollments (user_id, last_active_at) WHERE completed_at IS NULL;

      -- time_spent in milliseconds; playhead, the second at which its video or sound was left.
      CREATE TABLE lesson_progress (
        enrollment_id INTEGER NOT NULL REFERENCES enrollments (id) ON DELETE CASCADE,
        lesson_id INTEGER NOT NULL REFERENCES lessons (id) ON DELETE CASCADE,
        time_spent INTEGER NOT NULL,
        playhead INTEGER NOT NULL,
        completed_at INTEGER,
        PRIMARY KEY (enrollment_id, lesson_id)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX lesson_progress_by_lesson ON lesson_progress (lesson_id);

      -- The lesson that a person has open, and its last sign of life.
      CREATE TABLE lesson_visits (
        user_id INTEGER PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
        enrollment_id INTEGER NOT NULL REFERENCES enrollments (id) ON DELETE CASCADE,
        lesson_id INTEGER NOT NULL REFERENCES lessons (id) ON DELETE CASCADE,
        seen_at INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX lesson_visits_by_enrollment ON lesson_visits (enrollment_id);
      CREATE INDEX lesson_visits_by_lesson ON lesson_visits (lesson_id);

      CREATE TRIGGER courses_end AFTER DELETE ON courses BEGIN
        DELETE FROM resource_files WHERE resource = 'courses' AND row_id = OLD.id;
      END;
      CREATE TRIGGER lessons_end AFTER DELETE ON lessons BEGIN
        DELETE FROM resource_files WHERE resource = 'lessons' AND row_id = OLD.id;
      END;
      """)
}
