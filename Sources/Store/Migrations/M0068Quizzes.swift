extension Migration {
  /// Quizzes of courses with every version of their questions, and every attempt at them.
  static let quizzes = Migration(
    68, "quizzes",
    sql: """
      -- time_limit in minutes; pool, the number of questions drawn for an attempt; negative, what a wrong answer
      -- costs in percent of its points.
      CREATE TABLE quizzes (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        course_id INTEGER NOT NULL REFERENCES courses (id) ON DELETE CASCADE,
        lesson_id INTEGER REFERENCES lessons (id) ON DELETE SET NULL,
        title TEXT NOT NULL,
        description TEXT NOT NULL,
        passing_score INTEGER NOT NULL,
        time_limit INTEGER,
        allow_retries INTEGER NOT NULL,
        max_attempts INTEGER NOT NULL,
        is_required INTEGER NOT NULL,
        shuffles INTEGER NOT NULL,
        pool INTEGER,
        negative INTEGER NOT NULL,
        version INTEGER NOT NULL,
        deleted_at INTEGER,
        deleted_by INTEGER,
        created_at INTEGER NOT NULL,
        updated_at INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX quizzes_by_course ON quizzes (course_id);
      CREATE INDEX quizzes_by_lesson ON quizzes (lesson_id);
      CREATE INDEX quizzes_deleted ON quizzes (deleted_at) WHERE deleted_at IS NOT NULL;
      \(searched("quizzes", on: ["title", "description", "deleted_at"]))

      CREATE TABLE quiz_versions (
        quiz_id INTEGER NOT NULL REFERENCES quizzes (id) ON DELETE CASCADE,
        version INTEGER NOT NULL,
        question_count INTEGER NOT NULL,
        questions TEXT NOT NULL,
        PRIMARY KEY (quiz_id, version)
      ) STRICT;

      -- layout, answers and shares are JSON arrays in the order of the questions as they were asked; answers are in
      -- the indexes of the version. submitted_at is null while the attempt is open, and only then is score.
      CREATE TABLE quiz_attempts (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        quiz_id INTEGER NOT NULL REFERENCES quizzes (id) ON DELETE CASCADE,
        version INTEGER NOT NULL,
        user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        number INTEGER NOT NULL,
        layout TEXT NOT NULL,
        answers TEXT NOT NULL,
        shares TEXT NOT NULL,
        score INTEGER,
        passed INTEGER NOT NULL,
        started_at INTEGER NOT NULL,
        ends_at INTEGER,
        submitted_at INTEGER,
        UNIQUE (quiz_id, user_id, number)
      ) STRICT;
      CREATE INDEX quiz_attempts_by_quiz ON quiz_attempts (quiz_id);
      CREATE INDEX quiz_attempts_by_version ON quiz_attempts (quiz_id, version);
      CREATE INDEX quiz_attempts_by_person ON quiz_attempts (user_id, quiz_id);
      CREATE UNIQUE INDEX quiz_attempts_open ON quiz_attempts (quiz_id, user_id) WHERE submitted_at IS NULL;
      CREATE INDEX quiz_attempts_by_end ON quiz_attempts (ends_at) WHERE submitted_at IS NULL;

      CREATE TRIGGER quizzes_end AFTER DELETE ON quizzes BEGIN
        DELETE FROM resource_files WHERE resource = 'quizzes' AND row_id = OLD.id;
      END;
      """)
}
