extension Migration {
  /// Certificates of courses and trainings, and what is needed to take a course again.
  static let certificates = Migration(
    72, "certificates",
    sql: """
      ALTER TABLE courses ADD COLUMN valid_months INTEGER;

      -- What is on the paper is kept here, so that it outlives the account, the course and the training.
      -- is_new: its person is still to be told. renew_at: when they are told that it ends.
      CREATE TABLE certificates (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        code TEXT NOT NULL UNIQUE,
        user_id INTEGER REFERENCES users (id) ON DELETE SET NULL,
        kind TEXT NOT NULL,
        course_id INTEGER REFERENCES courses (id) ON DELETE SET NULL,
        training_id INTEGER REFERENCES trainings (id) ON DELETE SET NULL,
        name TEXT NOT NULL,
        title TEXT NOT NULL,
        organisation TEXT NOT NULL,
        score INTEGER,
        completed_at INTEGER NOT NULL,
        issued_at INTEGER NOT NULL,
        valid_until INTEGER,
        revoked_at INTEGER,
        reason TEXT NOT NULL,
        is_new INTEGER NOT NULL,
        renew_at INTEGER
      ) STRICT;
      CREATE INDEX certificates_by_user ON certificates (user_id, id);
      CREATE INDEX certificates_by_course ON certificates (course_id, id);
      CREATE INDEX certificates_by_training ON certificates (training_id, id);
      CREATE INDEX certificates_to_tell ON certificates (id) WHERE is_new = 1;
      CREATE INDEX certificates_to_renew ON certificates (renew_at) WHERE renew_at IS NOT NULL;

      -- certificate_id: the certificate of the present completion. renewed_at: when the course was last begun again.
      ALTER TABLE enrollments ADD COLUMN renewed_at INTEGER;
      ALTER TABLE enrollments ADD COLUMN certificate_id INTEGER REFERENCES certificates (id) ON DELETE SET NULL;
      CREATE INDEX enrollments_by_certificate ON enrollments (certificate_id) WHERE certificate_id IS NOT NULL;
      CREATE INDEX enrollments_to_certify ON enrollments (id)
        WHERE completed_at IS NOT NULL AND certificate_id IS NULL;
      ALTER TABLE training_participants
        ADD COLUMN certificate_id INTEGER REFERENCES certificates (id) ON DELETE SET NULL;
      CREATE INDEX training_participants_by_certificate ON training_participants (certificate_id)
        WHERE certificate_id IS NOT NULL;
      CREATE INDEX training_participants_to_certify ON training_participants (id)
        WHERE completion_date IS NOT NULL AND certificate_id IS NULL;

      -- is_past: made before the course was begun again.
      ALTER TABLE quiz_attempts ADD COLUMN is_past INTEGER NOT NULL DEFAULT 0;
      """)
}
