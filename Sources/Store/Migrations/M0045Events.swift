extension Migration {
  /// The organisation's events, who comes, and what other calendars read of them.
  static let events = Migration(
    45, "events",
    sql: """
      CREATE TABLE events (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        title TEXT NOT NULL,
        description TEXT NOT NULL,
        date INTEGER NOT NULL,
        end_date INTEGER,
        location TEXT NOT NULL,
        type TEXT NOT NULL,
        organizer_id INTEGER REFERENCES users (id) ON DELETE SET NULL,
        all_day INTEGER NOT NULL,
        time_zone TEXT NOT NULL,
        recurrence TEXT NOT NULL,
        places INTEGER,
        reminder INTEGER,
        audience TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        updated_at INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX events_by_organizer ON events (organizer_id);
      \(searched("events", on: ["title", "description", "location"]))

      -- From the first beginning to the end of the last occurrence: what is asked for lies between.
      CREATE TABLE event_spans (
        event_id INTEGER PRIMARY KEY REFERENCES events (id) ON DELETE CASCADE,
        starts_at INTEGER NOT NULL,
        ends_at INTEGER NOT NULL,
        remind_at INTEGER,
        remind_of INTEGER
      ) STRICT;
      CREATE INDEX event_spans_by_end ON event_spans (ends_at, starts_at);
      CREATE INDEX event_spans_by_reminder ON event_spans (remind_at) WHERE remind_at IS NOT NULL;

      -- Occurrences of a series that do not take place.
      CREATE TABLE event_exceptions (
        event_id INTEGER NOT NULL REFERENCES events (id) ON DELETE CASCADE,
        starts_at INTEGER NOT NULL,
        PRIMARY KEY (event_id, starts_at)
      ) STRICT, WITHOUT ROWID;

      -- answer: none (invited), yes, no, maybe, waiting (yes, but all places are taken).
      CREATE TABLE event_participants (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        event_id INTEGER NOT NULL REFERENCES events (id) ON DELETE CASCADE,
        user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        answer TEXT NOT NULL,
        is_invited INTEGER NOT NULL,
        answered_at INTEGER,
        created_at INTEGER NOT NULL,
        UNIQUE (event_id, user_id)
      ) STRICT;
      CREATE INDEX event_participants_by_answer ON event_participants (event_id, answer, answered_at, id);
      CREATE INDEX event_participants_by_user ON event_participants (user_id, answer);
      CREATE INDEX event_participants_waiting ON event_participants (event_id) WHERE answer = 'waiting';

      -- The names of imported events in their files, so that a second import adds none twice.
      CREATE TABLE event_origins (
        uid TEXT PRIMARY KEY,
        event_id INTEGER NOT NULL REFERENCES events (id) ON DELETE CASCADE
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX event_origins_by_event ON event_origins (event_id);

      CREATE TABLE calendar_feeds (
        user_id INTEGER PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
        hash BLOB NOT NULL UNIQUE,
        created_at INTEGER NOT NULL,
        read_at INTEGER
      ) STRICT;
      """)
}
