extension Migration {
  /// Counts of lessons, when people were reminded of trainings, and what is unread of a merged topic.
  static let learningCounts = Migration(
    76, "learning counts",
    sql: """
      -- Kept by triggers: the lessons of a course, and how many of them somebody has completed.
      ALTER TABLE courses ADD COLUMN lesson_count INTEGER NOT NULL DEFAULT 0;
      UPDATE courses SET lesson_count =
        (SELECT count(*) FROM lessons WHERE course_id = courses.id AND deleted_at IS NULL);
      ALTER TABLE enrollments ADD COLUMN done_count INTEGER NOT NULL DEFAULT 0;
      UPDATE enrollments SET done_count =
        (SELECT count(*) FROM lesson_progress AS p JOIN lessons AS l ON l.id = p.lesson_id AND l.deleted_at IS NULL
          WHERE p.enrollment_id = enrollments.id AND p.completed_at IS NOT NULL);
      \(lessonsCounted)
      \(completionsCounted)

      -- When somebody was reminded last of a training, by its instructor or by the server.
      CREATE TABLE training_reminders (
        training_id INTEGER NOT NULL REFERENCES trainings (id) ON DELETE CASCADE,
        user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        reminded_at INTEGER NOT NULL,
        PRIMARY KEY (training_id, user_id)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX training_reminders_by_user ON training_reminders (user_id);

      -- The topic that a post was merged from.
      ALTER TABLE forum_posts ADD COLUMN origin_id INTEGER;
      -- Up to which number a person has read a merged topic except what forum_missed says; null for nothing beyond number.
      ALTER TABLE forum_reads ADD COLUMN beyond INTEGER;
      -- Posts after number are unread: those of the origin, or with is_other those of other origins.
      CREATE TABLE forum_missed (
        user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        topic_id INTEGER NOT NULL REFERENCES forum_topics (id) ON DELETE CASCADE,
        origin_id INTEGER NOT NULL,
        is_other INTEGER NOT NULL,
        number INTEGER NOT NULL,
        PRIMARY KEY (user_id, topic_id, origin_id)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX forum_missed_of_topic ON forum_missed (topic_id);
      """)

  /// A lesson that ends takes its completions along, which no longer find it then: they are counted before.
  private static let lessonsCounted = """
    CREATE TRIGGER lessons_counted AFTER INSERT ON lessons WHEN NEW.deleted_at IS NULL BEGIN
      UPDATE courses SET lesson_count = lesson_count + 1 WHERE id = NEW.course_id;
    END;
    CREATE TRIGGER lessons_counted_anew AFTER UPDATE OF course_id, deleted_at ON lessons
      WHEN OLD.course_id <> NEW.course_id OR (OLD.deleted_at IS NULL) <> (NEW.deleted_at IS NULL) BEGIN
      UPDATE courses SET lesson_count = lesson_count - 1 WHERE id = OLD.course_id AND OLD.deleted_at IS NULL;
      UPDATE courses SET lesson_count = lesson_count + 1 WHERE id = NEW.course_id AND NEW.deleted_at IS NULL;
      UPDATE enrollments SET done_count = done_count + (NEW.deleted_at IS NULL) - (OLD.deleted_at IS NULL)
        WHERE id IN (\(completions("NEW")));
    END;
    CREATE TRIGGER lessons_counted_no_more BEFORE DELETE ON lessons WHEN OLD.deleted_at IS NULL BEGIN
      UPDATE courses SET lesson_count = lesson_count - 1 WHERE id = OLD.course_id;
      UPDATE enrollments SET done_count = done_count - 1 WHERE id IN (\(completions("OLD")));
    END;
    """

  private static let completionsCounted = """
    CREATE TRIGGER lesson_progress_counted AFTER INSERT ON lesson_progress WHEN NEW.completed_at IS NOT NULL BEGIN
      UPDATE enrollments SET done_count = done_count + 1 WHERE id = NEW.enrollment_id AND \(isLesson("NEW"));
    END;
    CREATE TRIGGER lesson_progress_counted_anew AFTER UPDATE OF completed_at ON lesson_progress
      WHEN (OLD.completed_at IS NULL) <> (NEW.completed_at IS NULL) BEGIN
      UPDATE enrollments SET
        done_count = done_count + (NEW.completed_at IS NOT NULL) - (OLD.completed_at IS NOT NULL)
        WHERE id = NEW.enrollment_id AND \(isLesson("NEW"));
    END;
    CREATE TRIGGER lesson_progress_counted_no_more AFTER DELETE ON lesson_progress
      WHEN OLD.completed_at IS NOT NULL BEGIN
      UPDATE enrollments SET done_count = done_count - 1 WHERE id = OLD.enrollment_id AND \(isLesson("OLD"));
    END;
    """

  /// The enrolments that have completed a lesson.
  private static func completions(_ row: String) -> String {
    "SELECT enrollment_id FROM lesson_progress WHERE lesson_id = \(row).id AND completed_at IS NOT NULL"
  }

  private static func isLesson(_ row: String) -> String {
    "EXISTS (SELECT 1 FROM lessons WHERE id = \(row).lesson_id AND deleted_at IS NULL)"
  }
}
