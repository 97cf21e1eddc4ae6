extension Migration {
  /// Trainings and who takes part in them.
  static let trainings = Migration(
    58, "trainings",
    sql: """
      CREATE TABLE trainings (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        title TEXT NOT NULL,
        description TEXT NOT NULL,
        category TEXT NOT NULL,
        difficulty TEXT NOT NULL,
        duration INTEGER NOT NULL,
        instructor_id INTEGER REFERENCES users (id) ON DELETE SET NULL,
        external_instructor TEXT NOT NULL,
        start_date INTEGER,
        end_date INTEGER,
        location TEXT NOT NULL,
        max_participants INTEGER,
        is_mandatory INTEGER NOT NULL,
        is_active INTEGER NOT NULL,
        is_visible INTEGER NOT NULL,
        thumbnail_url TEXT NOT NULL,
        document_urls TEXT NOT NULL,
        due_date INTEGER,
        valid_months INTEGER,
        reminder INTEGER,
        audience TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        updated_at INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX trainings_by_instructor ON trainings (instructor_id);
      CREATE INDEX trainings_mandatory ON trainings (id)
        WHERE is_mandatory = 1 AND is_active = 1 AND is_visible = 1;
      \(searched("trainings", on: ["title", "description", "location", "external_instructor"]))

      -- A training without a date starts and ends in the farthest future. remind_at: when its participants are
      -- reminded; warn_at: when those who have to take it are.
      CREATE TABLE training_spans (
        training_id INTEGER PRIMARY KEY REFERENCES trainings (id) ON DELETE CASCADE,
        starts_at INTEGER NOT NULL,
        ends_at INTEGER NOT NULL,
        remind_at INTEGER,
        warn_at INTEGER
      ) STRICT;
      CREATE INDEX training_spans_by_start ON training_spans (starts_at, training_id);
      CREATE INDEX training_spans_by_reminder ON training_spans (remind_at) WHERE remind_at IS NOT NULL;
      CREATE INDEX training_spans_by_warning ON training_spans (warn_at) WHERE warn_at IS NOT NULL;

      -- status: registered, completed, cancelled. is_waiting: registered while all places were taken.
      -- attended: null until it is recorded. completion_date and valid_until stay while its person registers again.
      -- renew_at: when its person is told that the completion expires.
      CREATE TABLE training_participants (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        training_id INTEGER NOT NULL REFERENCES trainings (id) ON DELETE CASCADE,
        user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        status TEXT NOT NULL,
        is_waiting INTEGER NOT NULL,
        attended INTEGER,
        registered_at INTEGER NOT NULL,
        completion_date INTEGER,
        valid_until INTEGER,
        renew_at INTEGER,
        score INTEGER,
        feedback TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        updated_at INTEGER NOT NULL,
        UNIQUE (training_id, user_id)
      ) STRICT;
      CREATE INDEX training_participants_by_training ON training_participants (training_id, id);
      CREATE INDEX training_participants_by_user ON training_participants (user_id, id);
      CREATE INDEX training_participants_by_turn
        ON training_participants (training_id, status, is_waiting, registered_at, id);
      CREATE INDEX training_participants_waiting ON training_participants (training_id) WHERE is_waiting = 1;
      CREATE INDEX training_participants_to_renew ON training_participants (renew_at)
        WHERE renew_at IS NOT NULL;
      """)
}
