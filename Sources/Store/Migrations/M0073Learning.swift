extension Migration {
  /// What learners, trainers and managers are shown of courses: deadlines, reminders, further attempts, completions.
  static let learning = Migration(
    73, "learning",
    sql: """
      -- due_date: until when a mandatory course has to be completed. audience: for whom it is mandatory.
      ALTER TABLE courses ADD COLUMN due_date INTEGER;
      ALTER TABLE courses ADD COLUMN audience TEXT NOT NULL DEFAULT '[]';
      CREATE INDEX courses_mandatory ON courses (id)
        WHERE is_mandatory = 1 AND is_published = 1 AND deleted_at IS NULL;

      -- When those who have to complete a course are warned next.
      CREATE TABLE course_warnings (
        course_id INTEGER PRIMARY KEY REFERENCES courses (id) ON DELETE CASCADE,
        warn_at INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX course_warnings_by_time ON course_warnings (warn_at);

      -- progressed_at: when a lesson was completed last, a quiz passed, or a further attempt given.
      ALTER TABLE enrollments ADD COLUMN progressed_at INTEGER;
      UPDATE enrollments SET progressed_at =
        (SELECT max(completed_at) FROM lesson_progress WHERE enrollment_id = enrollments.id);
      CREATE INDEX enrollments_done ON enrollments (user_id, completed_at) WHERE completed_at IS NOT NULL;
      CREATE INDEX enrollments_by_completion ON enrollments (completed_at) WHERE completed_at IS NOT NULL;
      CREATE INDEX training_participants_done ON training_participants (user_id, completion_date)
        WHERE completion_date IS NOT NULL;
      CREATE INDEX training_participants_by_completion ON training_participants (completion_date)
        WHERE completion_date IS NOT NULL;
      CREATE INDEX users_by_department ON users (department);

      -- When somebody was reminded last of a course, by a trainer or by the server.
      CREATE TABLE course_reminders (
        course_id INTEGER NOT NULL REFERENCES courses (id) ON DELETE CASCADE,
        user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        reminded_at INTEGER NOT NULL,
        PRIMARY KEY (course_id, user_id)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX course_reminders_by_user ON course_reminders (user_id);

      -- Attempts that somebody may make besides those of the quiz.
      CREATE TABLE quiz_extra_attempts (
        quiz_id INTEGER NOT NULL REFERENCES quizzes (id) ON DELETE CASCADE,
        user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        count INTEGER NOT NULL,
        PRIMARY KEY (quiz_id, user_id)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX quiz_extra_attempts_by_user ON quiz_extra_attempts (user_id);
      """)
}
