extension Migration {
  /// A full-text index of messages by words that this program splits off (`SearchTokens`), for every script.
  /// The index stores words separated by spaces; `chat_search_words` lists them.
  ///
  /// It starts empty and is filled in the background, newest message first: it covers the messages from
  /// `first_id` to `last_id`.
  static let searchWords = Migration(
    31, "search_words",
    sql: """
      DROP TABLE chat_search;
      DROP TABLE chat_indexed;
      CREATE VIRTUAL TABLE chat_search USING fts5 (words, content = '', columnsize = 0, tokenize = 'ascii');
      CREATE VIRTUAL TABLE chat_search_words USING fts5vocab (chat_search, instance);
      CREATE TABLE chat_indexed (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        version INTEGER NOT NULL,
        first_id INTEGER NOT NULL,
        last_id INTEGER NOT NULL
      ) STRICT;
      INSERT INTO chat_indexed (id, version, first_id, last_id)
      SELECT 1, 1, coalesce(max(id), 0) + 1, coalesce(max(id), 0) FROM chat_messages;
      """)
}
