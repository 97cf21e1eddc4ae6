extension Migration {
  /// Channels, their members and messages, and the full-text index of messages.
  ///
  /// Message ids increase across all channels. `channels.revision` counts the changes of a channel's messages
  /// after they were posted; a message stores the revision of its own last change. The messages of a deleted
  /// channel are deleted in batches: until that is done, `chat_discarded` lists the channel.
  static let chat = Migration(
    12, "chat",
    sql: """
      CREATE TABLE channels (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL CHECK (kind IN ('public', 'private', 'direct')),
        name TEXT NOT NULL DEFAULT '' COLLATE NOCASE,
        topic TEXT NOT NULL DEFAULT '',
        is_general INTEGER NOT NULL DEFAULT 0,
        pair TEXT UNIQUE,
        created_by INTEGER REFERENCES users (id) ON DELETE SET NULL,
        created_at INTEGER NOT NULL,
        updated_at INTEGER NOT NULL,
        archived_at INTEGER,
        slow_seconds INTEGER NOT NULL DEFAULT 0,
        retention_days INTEGER NOT NULL DEFAULT 0,
        revision INTEGER NOT NULL DEFAULT 0
      ) STRICT;
      CREATE UNIQUE INDEX channels_by_name ON channels (name) WHERE kind = 'public';
      CREATE INDEX channels_by_creator ON channels (created_by);
      CREATE INDEX channels_by_kind ON channels (kind);
      CREATE UNIQUE INDEX channels_general ON channels (is_general) WHERE is_general = 1;
      CREATE INDEX channels_with_retention ON channels (retention_days) WHERE retention_days > 0;
      CREATE INDEX users_of_general ON users (is_active, is_approved);

      CREATE TABLE channel_members (
        channel_id INTEGER NOT NULL REFERENCES channels (id) ON DELETE CASCADE,
        user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        role TEXT NOT NULL DEFAULT 'member' CHECK (role IN ('admin', 'member')),
        joined_at INTEGER NOT NULL,
        read_id INTEGER NOT NULL DEFAULT 0,
        is_muted INTEGER NOT NULL DEFAULT 0,
        PRIMARY KEY (channel_id, user_id)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX channels_of_member ON channel_members (user_id, channel_id);

      CREATE TABLE chat_messages (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        channel_id INTEGER NOT NULL,
        author_id INTEGER REFERENCES users (id) ON DELETE SET NULL,
        author_name TEXT,
        client_id TEXT,
        text TEXT NOT NULL,
        reply_to INTEGER,
        created_at INTEGER NOT NULL,
        edited_at INTEGER,
        deleted_at INTEGER,
        deleted_by INTEGER,
        pinned_at INTEGER,
        pinned_by INTEGER,
        revision INTEGER
      ) STRICT;
      CREATE INDEX messages_of_channel ON chat_messages (channel_id, id);
      CREATE UNIQUE INDEX messages_of_author ON chat_messages (author_id, client_id);
      CREATE INDEX messages_changed ON chat_messages (channel_id, revision) WHERE revision IS NOT NULL;
      CREATE INDEX messages_pinned ON chat_messages (channel_id, id) WHERE pinned_at IS NOT NULL;
      CREATE TRIGGER messages_keep_their_author BEFORE DELETE ON users BEGIN
        UPDATE chat_messages SET author_name = OLD.name WHERE author_id = OLD.id;
      END;

      CREATE TABLE chat_discarded (channel_id INTEGER PRIMARY KEY) STRICT;

      CREATE TABLE chat_reactions (
        message_id INTEGER NOT NULL REFERENCES chat_messages (id) ON DELETE CASCADE,
        emoji TEXT NOT NULL,
        user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        created_at INTEGER NOT NULL,
        PRIMARY KEY (message_id, emoji, user_id)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX reactions_of_user ON chat_reactions (user_id);

      CREATE TABLE chat_files (
        message_id INTEGER NOT NULL REFERENCES chat_messages (id) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        upload_id INTEGER NOT NULL,
        PRIMARY KEY (message_id, position)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX messages_with_upload ON chat_files (upload_id);

      CREATE VIRTUAL TABLE chat_search USING fts5 (
        text, content = 'chat_messages', content_rowid = 'id', tokenize = "unicode61 remove_diacritics 2"
      );
      CREATE TABLE chat_indexed (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        last_id INTEGER NOT NULL
      ) STRICT;
      INSERT INTO chat_indexed (id, last_id) VALUES (1, 0);

      INSERT INTO channels (kind, name, is_general, created_at, updated_at)
      VALUES ('public', 'general', 1, unixepoch('now') * 1000, unixepoch('now') * 1000);
      """)
}
