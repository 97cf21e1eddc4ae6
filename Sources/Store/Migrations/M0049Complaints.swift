extension Migration {
  /// Requests (complaints): what people ask for, what was said about it and what became of it.
  ///
  /// An anonymous request stores nothing about its submitter; `code_hash` is the hash of their tracking code.
  static let complaints = Migration(
    49, "complaints",
    sql: """
      CREATE TABLE complaints (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        submitter_id INTEGER REFERENCES users (id) ON DELETE SET NULL,
        submitter_name TEXT NOT NULL,
        is_anonymous INTEGER NOT NULL,
        code_hash BLOB,
        assigned_to_id INTEGER REFERENCES users (id) ON DELETE SET NULL,
        title TEXT NOT NULL,
        description TEXT NOT NULL,
        category TEXT NOT NULL,
        priority TEXT NOT NULL,
        status TEXT NOT NULL CHECK (status IN ('open', 'in_progress', 'resolved', 'closed')),
        due_at INTEGER NOT NULL,
        escalated_at INTEGER,
        resolved_at INTEGER,
        closed_at INTEGER,
        created_at INTEGER NOT NULL,
        updated_at INTEGER NOT NULL,
        CHECK (is_anonymous = 0 OR submitter_id IS NULL AND submitter_name = '')
      ) STRICT;
      CREATE INDEX complaints_of_submitter ON complaints (submitter_id, id);
      CREATE INDEX complaints_assigned ON complaints (assigned_to_id, id);
      CREATE INDEX complaints_by_status ON complaints (status, id);
      CREATE INDEX complaints_by_code ON complaints (code_hash) WHERE code_hash IS NOT NULL;
      CREATE INDEX complaints_due ON complaints (due_at) WHERE status IN ('open', 'in_progress');
      CREATE INDEX complaints_resolved ON complaints (resolved_at) WHERE resolved_at IS NOT NULL;

      CREATE TABLE complaint_counts (
        status TEXT NOT NULL,
        category TEXT NOT NULL,
        priority TEXT NOT NULL,
        count INTEGER NOT NULL,
        PRIMARY KEY (status, category, priority)
      ) STRICT, WITHOUT ROWID;
      CREATE TRIGGER complaints_counted AFTER INSERT ON complaints BEGIN
        INSERT INTO complaint_counts VALUES (NEW.status, NEW.category, NEW.priority, 1)
          ON CONFLICT DO UPDATE SET count = count + 1;
      END;
      CREATE TRIGGER complaints_counted_anew AFTER UPDATE OF status, category, priority ON complaints BEGIN
        UPDATE complaint_counts SET count = count - 1
          WHERE status = OLD.status AND category = OLD.category AND priority = OLD.priority;
        INSERT INTO complaint_counts VALUES (NEW.status, NEW.category, NEW.priority, 1)
          ON CONFLICT DO UPDATE SET count = count + 1;
      END;
      CREATE TRIGGER complaints_counted_no_more AFTER DELETE ON complaints BEGIN
        UPDATE complaint_counts SET count = count - 1
          WHERE status = OLD.status AND category = OLD.category AND priority = OLD.priority;
        DELETE FROM resource_files WHERE resource = 'complaints' AND row_id = OLD.id;
      END;

      CREATE TABLE complaint_comments (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        complaint_id INTEGER NOT NULL REFERENCES complaints (id) ON DELETE CASCADE,
        author_id INTEGER REFERENCES users (id) ON DELETE SET NULL,
        author_name TEXT NOT NULL,
        text TEXT NOT NULL,
        is_internal INTEGER NOT NULL,
        created_at INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX comments_of_complaint ON complaint_comments (complaint_id, id);
      CREATE INDEX complaint_comments_by_author ON complaint_comments (author_id);
      CREATE TRIGGER files_of_gone_comments AFTER DELETE ON complaint_comments BEGIN
        DELETE FROM resource_files WHERE resource = 'complaint-comments' AND row_id = OLD.id;
      END;

      CREATE TABLE complaint_history (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        complaint_id INTEGER NOT NULL REFERENCES complaints (id) ON DELETE CASCADE,
        actor_id INTEGER REFERENCES users (id) ON DELETE SET NULL,
        actor_name TEXT NOT NULL,
        field TEXT NOT NULL,
        old_value TEXT NOT NULL,
        new_value TEXT NOT NULL,
        created_at INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX history_of_complaint ON complaint_history (complaint_id, id);
      CREATE INDEX complaint_history_by_actor ON complaint_history (actor_id);

      CREATE TRIGGER bytes_of_new_complaints AFTER INSERT ON complaints BEGIN
        UPDATE stored_bytes SET bytes = bytes + 100 + length(CAST(NEW.description AS BLOB))
          WHERE user_id = NEW.submitter_id;
      END;
      CREATE TRIGGER bytes_of_changed_complaints AFTER UPDATE OF description ON complaints BEGIN
        UPDATE stored_bytes
          SET bytes = bytes + length(CAST(NEW.description AS BLOB)) - length(CAST(OLD.description AS BLOB))
          WHERE user_id = NEW.submitter_id;
      END;
      CREATE TRIGGER bytes_of_gone_complaints AFTER DELETE ON complaints BEGIN
        UPDATE stored_bytes SET bytes = bytes - 100 - length(CAST(OLD.description AS BLOB))
          WHERE user_id = OLD.submitter_id;
      END;
      CREATE TRIGGER bytes_of_new_comments AFTER INSERT ON complaint_comments BEGIN
        UPDATE stored_bytes SET bytes = bytes + 100 + length(CAST(NEW.text AS BLOB)) WHERE user_id = NEW.author_id;
      END;
      CREATE TRIGGER bytes_of_gone_comments AFTER DELETE ON complaint_comments BEGIN
        UPDATE stored_bytes SET bytes = bytes - 100 - length(CAST(OLD.text AS BLOB)) WHERE user_id = OLD.author_id;
      END;
      \(searched("complaints", on: ["title", "description"]))
      """)
}
