extension Migration {
  /// Internal mail. A message is written once; whoever sent or received it has a copy in a folder, and the message is
  /// gone with its last copy.
  static let messages = Migration(
    48, "messages",
    sql: """
      CREATE TABLE messages (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        sender_id INTEGER REFERENCES users (id) ON DELETE SET NULL,
        sender_name TEXT NOT NULL,
        subject TEXT NOT NULL,
        content TEXT NOT NULL,
        thread_id INTEGER NOT NULL DEFAULT 0,
        reply_to INTEGER REFERENCES messages (id) ON DELETE SET NULL,
        created_at INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX messages_of_thread ON messages (thread_id, id);
      CREATE INDEX messages_by_sender ON messages (sender_id);
      CREATE INDEX messages_answered ON messages (reply_to) WHERE reply_to IS NOT NULL;
      CREATE TRIGGER messages_get_their_thread AFTER INSERT ON messages WHEN NEW.thread_id = 0 BEGIN
        UPDATE messages SET thread_id = NEW.id WHERE id = NEW.id;
      END;

      CREATE TABLE message_recipients (
        message_id INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        user_id INTEGER REFERENCES users (id) ON DELETE SET NULL,
        name TEXT NOT NULL,
        read_at INTEGER,
        PRIMARY KEY (message_id, position)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX message_recipients_by_user ON message_recipients (user_id, message_id);

      CREATE TABLE message_copies (
        user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        folder TEXT NOT NULL,
        message_id INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
        read_at INTEGER,
        labels TEXT NOT NULL DEFAULT '[]',
        moved_at INTEGER NOT NULL,
        PRIMARY KEY (user_id, folder, message_id)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX message_copies_of_message ON message_copies (message_id, user_id);
      CREATE INDEX message_copies_unread ON message_copies (user_id, folder) WHERE read_at IS NULL;
      CREATE INDEX message_copies_labelled ON message_copies (user_id) WHERE labels <> '[]';
      CREATE INDEX message_copies_in_trash ON message_copies (moved_at) WHERE folder = 'trash';
      CREATE TRIGGER messages_end_with_their_copies AFTER DELETE ON message_copies BEGIN
        DELETE FROM messages WHERE id = OLD.message_id
          AND NOT EXISTS (SELECT 1 FROM message_copies WHERE message_id = OLD.message_id);
      END;
      CREATE TRIGGER files_of_gone_letters AFTER DELETE ON messages BEGIN
        DELETE FROM resource_files WHERE resource = 'messages' AND row_id = OLD.id;
      END;

      CREATE TABLE message_drafts (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        recipients TEXT NOT NULL DEFAULT '[]',
        subject TEXT NOT NULL DEFAULT '',
        content TEXT NOT NULL DEFAULT '',
        reply_to INTEGER,
        forward_of INTEGER,
        created_at INTEGER NOT NULL,
        updated_at INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX message_drafts_of_user ON message_drafts (user_id, id);
      CREATE TRIGGER files_of_gone_drafts AFTER DELETE ON message_drafts BEGIN
        DELETE FROM resource_files WHERE resource = 'message-drafts' AND row_id = OLD.id;
      END;

      CREATE TRIGGER bytes_of_new_letters AFTER INSERT ON messages BEGIN
        UPDATE stored_bytes SET bytes = bytes + 100 + length(CAST(NEW.content AS BLOB)) WHERE user_id = NEW.sender_id;
      END;
      CREATE TRIGGER bytes_of_gone_letters AFTER DELETE ON messages BEGIN
        UPDATE stored_bytes SET bytes = bytes - 100 - length(CAST(OLD.content AS BLOB)) WHERE user_id = OLD.sender_id;
      END;
      CREATE TRIGGER bytes_of_new_drafts AFTER INSERT ON message_drafts BEGIN
        UPDATE stored_bytes SET bytes = bytes + 100 + length(CAST(NEW.content AS BLOB)) WHERE user_id = NEW.user_id;
      END;
      CREATE TRIGGER bytes_of_changed_drafts AFTER UPDATE OF content ON message_drafts BEGIN
        UPDATE stored_bytes SET bytes = bytes + length(CAST(NEW.content AS BLOB)) - length(CAST(OLD.content AS BLOB))
          WHERE user_id = NEW.user_id;
      END;
      CREATE TRIGGER bytes_of_gone_drafts AFTER DELETE ON message_drafts BEGIN
        UPDATE stored_bytes SET bytes = bytes - 100 - length(CAST(OLD.content AS BLOB)) WHERE user_id = OLD.user_id;
      END;
      \(searched("messages", on: ["subject", "content"]))
      """)
}
