extension Migration {
  /// Quotas that differ from the default, and the bytes that each person has stored.
  ///
  /// Triggers count the bytes, so that they are right whatever code writes: a message counts its text and 100
  /// bytes for its row while it exists, a file its size.
  static let quotas = Migration(
    19, "quotas",
    sql: """
      CREATE TABLE role_quotas (
        role TEXT NOT NULL CHECK (role IN ('employee', 'moderator', 'admin')),
        resource TEXT NOT NULL,
        most INTEGER NOT NULL CHECK (most >= 0),
        PRIMARY KEY (role, resource)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE person_quotas (
        user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        resource TEXT NOT NULL,
        most INTEGER NOT NULL CHECK (most >= 0),
        PRIMARY KEY (user_id, resource)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE stored_bytes (
        user_id INTEGER PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
        bytes INTEGER NOT NULL DEFAULT 0
      ) STRICT;
      INSERT INTO stored_bytes (user_id, bytes)
      SELECT id,
        (SELECT coalesce(sum(100 + length(CAST(text AS BLOB))), 0) FROM chat_messages WHERE author_id = users.id)
        + (SELECT coalesce(sum(size), 0) FROM uploads WHERE owner_id = users.id)
      FROM users;
      CREATE TRIGGER bytes_of_users AFTER INSERT ON users BEGIN
        INSERT INTO stored_bytes (user_id) VALUES (new.id);
      END;

      CREATE TRIGGER bytes_of_new_messages AFTER INSERT ON chat_messages BEGIN
        UPDATE stored_bytes SET bytes = bytes + 100 + length(CAST(new.text AS BLOB)) WHERE user_id = new.author_id;
      END;
      CREATE TRIGGER bytes_of_changed_messages AFTER UPDATE OF text, author_id ON chat_messages BEGIN
        UPDATE stored_bytes SET bytes = bytes - 100 - length(CAST(old.text AS BLOB)) WHERE user_id = old.author_id;
        UPDATE stored_bytes SET bytes = bytes + 100 + length(CAST(new.text AS BLOB)) WHERE user_id = new.author_id;
      END;
      CREATE TRIGGER bytes_of_gone_messages AFTER DELETE ON chat_messages BEGIN
        UPDATE stored_bytes SET bytes = bytes - 100 - length(CAST(old.text AS BLOB)) WHERE user_id = old.author_id;
      END;

      CREATE TRIGGER bytes_of_new_uploads AFTER INSERT ON uploads BEGIN
        UPDATE stored_bytes SET bytes = bytes + new.size WHERE user_id = new.owner_id;
      END;
      CREATE TRIGGER bytes_of_changed_uploads AFTER UPDATE OF size, owner_id ON uploads BEGIN
        UPDATE stored_bytes SET bytes = bytes - old.size WHERE user_id = old.owner_id;
        UPDATE stored_bytes SET bytes = bytes + new.size WHERE user_id = new.owner_id;
      END;
      CREATE TRIGGER bytes_of_gone_uploads AFTER DELETE ON uploads BEGIN
        UPDATE stored_bytes SET bytes = bytes - old.size WHERE user_id = old.owner_id;
      END;
      """)
}
