extension Migration {
  /// The forum. Counters are kept by triggers, so that they are true whatever changes a row.
  ///
  /// `number` puts what is published in one order: a post gets the next one when it is written, and again when it is
  /// approved. What a person has read is such a number. `activity` of a topic is the number of its last post.
  static let forum = Migration(
    61, "forum",
    sql: """
      CREATE TABLE forum_categories (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL,
        description TEXT NOT NULL,
        icon TEXT NOT NULL,
        color TEXT NOT NULL,
        is_visible INTEGER NOT NULL,
        sort_order INTEGER NOT NULL,
        moderator_ids TEXT NOT NULL,
        permissions TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        updated_at INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX forum_categories_in_order ON forum_categories (sort_order, id);

      CREATE TABLE forum_category_counts (
        category_id INTEGER PRIMARY KEY REFERENCES forum_categories (id) ON DELETE CASCADE,
        topics INTEGER NOT NULL,
        posts INTEGER NOT NULL
      ) STRICT;
      CREATE TRIGGER forum_categories_counted AFTER INSERT ON forum_categories BEGIN
        INSERT INTO forum_category_counts VALUES (NEW.id, 0, 0);
      END;

      CREATE TABLE forum_numbers (id INTEGER PRIMARY KEY CHECK (id = 1), last INTEGER NOT NULL) STRICT;
      INSERT INTO forum_numbers VALUES (1, 0);

      CREATE TABLE forum_topics (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        category_id INTEGER NOT NULL REFERENCES forum_categories (id) ON DELETE CASCADE,
        author_id INTEGER REFERENCES users (id) ON DELETE SET NULL,
        author_name TEXT NOT NULL,
        title TEXT NOT NULL,
        description TEXT NOT NULL,
        is_sticky INTEGER NOT NULL,
        is_pinned INTEGER NOT NULL,
        is_locked INTEGER NOT NULL,
        is_announcement INTEGER NOT NULL,
        tags TEXT NOT NULL,
        status TEXT NOT NULL CHECK (status IN ('pending', 'published', 'rejected')),
        reason TEXT NOT NULL DEFAULT '',
        number INTEGER NOT NULL,
        activity INTEGER NOT NULL,
        last_post_id INTEGER,
        view_count INTEGER NOT NULL DEFAULT 0,
        post_count INTEGER NOT NULL DEFAULT 0,
        reply_count INTEGER NOT NULL DEFAULT 0,
        solution_id INTEGER REFERENCES forum_posts (id) ON DELETE SET NULL,
        deleted_at INTEGER,
        deleted_by INTEGER REFERENCES users (id) ON DELETE SET NULL,
        created_at INTEGER NOT NULL,
        updated_at INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX forum_topics_of_category ON forum_topics (category_id, activity);
      CREATE INDEX forum_topics_on_top ON forum_topics (category_id, activity)
        WHERE is_sticky + is_pinned + is_announcement > 0;
      CREATE INDEX forum_topics_by_activity ON forum_topics (activity);
      CREATE INDEX forum_topics_by_author ON forum_topics (author_id);
      CREATE INDEX forum_topics_pending ON forum_topics (activity) WHERE status = 'pending' AND deleted_at IS NULL;
      CREATE INDEX forum_topics_deleted ON forum_topics (activity) WHERE deleted_at IS NOT NULL;
      CREATE INDEX forum_topics_deleted_by ON forum_topics (deleted_by) WHERE deleted_by IS NOT NULL;
      CREATE INDEX forum_topics_solved ON forum_topics (solution_id) WHERE solution_id IS NOT NULL;

      CREATE TRIGGER forum_topics_counted AFTER INSERT ON forum_topics WHEN \(isLive("NEW")) BEGIN
        UPDATE forum_category_counts SET topics = topics + 1, posts = posts + NEW.post_count
          WHERE category_id = NEW.category_id;
      END;
      CREATE TRIGGER forum_topics_counted_anew
        AFTER UPDATE OF category_id, status, deleted_at, post_count ON forum_topics BEGIN
        UPDATE forum_category_counts SET topics = topics - 1, posts = posts - OLD.post_count
          WHERE category_id = OLD.category_id AND \(isLive("OLD"));
        UPDATE forum_category_counts SET topics = topics + 1, posts = posts + NEW.post_count
          WHERE category_id = NEW.category_id AND \(isLive("NEW"));
      END;
      CREATE TRIGGER forum_topics_counted_no_more AFTER DELETE ON forum_topics WHEN \(isLive("OLD")) BEGIN
        UPDATE forum_category_counts SET topics = topics - 1, posts = posts - OLD.post_count
          WHERE category_id = OLD.category_id;
      END;

      CREATE TABLE forum_posts (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        topic_id INTEGER NOT NULL REFERENCES forum_topics (id) ON DELETE CASCADE,
        author_id INTEGER REFERENCES users (id) ON DELETE SET NULL,
        author_name TEXT NOT NULL,
        content TEXT NOT NULL,
        html TEXT NOT NULL,
        is_first INTEGER NOT NULL,
        quoted_id INTEGER REFERENCES forum_posts (id) ON DELETE SET NULL,
        status TEXT NOT NULL CHECK (status IN ('pending', 'published', 'rejected')),
        reason TEXT NOT NULL DEFAULT '',
        number INTEGER NOT NULL,
        edited_at INTEGER,
        like_count INTEGER NOT NULL DEFAULT 0,
        love_count INTEGER NOT NULL DEFAULT 0,
        laugh_count INTEGER NOT NULL DEFAULT 0,
        angry_count INTEGER NOT NULL DEFAULT 0,
        deleted_at INTEGER,
        deleted_by INTEGER REFERENCES users (id) ON DELETE SET NULL,
        created_at INTEGER NOT NULL,
        updated_at INTEGER NOT NULL
      ) STRICT;
      CREATE UNIQUE INDEX forum_posts_first ON forum_posts (topic_id) WHERE is_first = 1;
      CREATE UNIQUE INDEX forum_posts_of_topic ON forum_posts (topic_id, number);
      CREATE INDEX forum_posts_live ON forum_posts (topic_id, number)
        WHERE status = 'published' AND deleted_at IS NULL;
      CREATE INDEX forum_posts_by_author ON forum_posts (author_id);
      CREATE INDEX forum_posts_quoted ON forum_posts (quoted_id) WHERE quoted_id IS NOT NULL;
      CREATE UNIQUE INDEX forum_posts_in_order ON forum_posts (number);
      CREATE INDEX forum_posts_pending ON forum_posts (number)
        WHERE status = 'pending' AND deleted_at IS NULL AND is_first = 0;
      CREATE INDEX forum_posts_deleted_by ON forum_posts (deleted_by) WHERE deleted_by IS NOT NULL;

      CREATE TRIGGER forum_posts_counted AFTER INSERT ON forum_posts WHEN \(isLive("NEW")) BEGIN
        UPDATE forum_topics SET post_count = post_count + 1, reply_count = reply_count + 1 - NEW.is_first,
          \(lastPost("NEW.topic_id")) WHERE id = NEW.topic_id;
      END;
      CREATE TRIGGER forum_posts_counted_anew AFTER UPDATE OF topic_id, status, deleted_at, number ON forum_posts BEGIN
        UPDATE forum_topics SET post_count = post_count - 1, reply_count = reply_count - 1 + OLD.is_first
          WHERE id = OLD.topic_id AND \(isLive("OLD"));
        UPDATE forum_topics SET post_count = post_count + 1, reply_count = reply_count + 1 - NEW.is_first
          WHERE id = NEW.topic_id AND \(isLive("NEW"));
        UPDATE forum_topics SET \(lastPost("NEW.topic_id")) WHERE id = NEW.topic_id;
      END;
      CREATE TRIGGER forum_posts_counted_no_more AFTER DELETE ON forum_posts WHEN \(isLive("OLD")) BEGIN
        UPDATE forum_topics SET post_count = post_count - 1, reply_count = reply_count - 1 + OLD.is_first,
          \(lastPost("OLD.topic_id")) WHERE id = OLD.topic_id;
      END;

      CREATE TABLE forum_reactions (
        post_id INTEGER NOT NULL REFERENCES forum_posts (id) ON DELETE CASCADE,
        user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        kind TEXT NOT NULL CHECK (kind IN ('like', 'love', 'laugh', 'angry')),
        created_at INTEGER NOT NULL,
        PRIMARY KEY (post_id, user_id)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX forum_reactions_by_user ON forum_reactions (user_id);
      CREATE TRIGGER forum_reactions_counted AFTER INSERT ON forum_reactions BEGIN
        UPDATE forum_posts SET \(reaction("+", "NEW")) WHERE id = NEW.post_id;
      END;
      CREATE TRIGGER forum_reactions_counted_anew AFTER UPDATE OF kind ON forum_reactions BEGIN
        UPDATE forum_posts SET \(reaction("-", "OLD")) WHERE id = OLD.post_id;
        UPDATE forum_posts SET \(reaction("+", "NEW")) WHERE id = NEW.post_id;
      END;
      CREATE TRIGGER forum_reactions_counted_no_more AFTER DELETE ON forum_reactions BEGIN
        UPDATE forum_posts SET \(reaction("-", "OLD")) WHERE id = OLD.post_id;
      END;

      CREATE TABLE forum_edits (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        post_id INTEGER NOT NULL REFERENCES forum_posts (id) ON DELETE CASCADE,
        editor_id INTEGER REFERENCES users (id) ON DELETE SET NULL,
        editor_name TEXT NOT NULL,
        content TEXT NOT NULL,
        created_at INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX forum_edits_of_post ON forum_edits (post_id, id);
      CREATE INDEX forum_edits_by_editor ON forum_edits (editor_id);

      CREATE TABLE forum_reports (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        post_id INTEGER NOT NULL REFERENCES forum_posts (id) ON DELETE CASCADE,
        reporter_id INTEGER REFERENCES users (id) ON DELETE SET NULL,
        reporter_name TEXT NOT NULL,
        reason TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        closed_at INTEGER,
        closed_by INTEGER REFERENCES users (id) ON DELETE SET NULL
      ) STRICT;
      CREATE UNIQUE INDEX forum_reports_open ON forum_reports (post_id, reporter_id) WHERE closed_at IS NULL;
      CREATE INDEX forum_reports_waiting ON forum_reports (id) WHERE closed_at IS NULL;
      CREATE INDEX forum_reports_of_post ON forum_reports (post_id);
      CREATE INDEX forum_reports_by_reporter ON forum_reports (reporter_id);
      CREATE INDEX forum_reports_closed_by ON forum_reports (closed_by) WHERE closed_by IS NOT NULL;

      -- Whoever unfollows is not made to follow again by an answer of theirs: is_on is 0.
      CREATE TABLE forum_topic_follows (
        topic_id INTEGER NOT NULL REFERENCES forum_topics (id) ON DELETE CASCADE,
        user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        is_on INTEGER NOT NULL,
        PRIMARY KEY (topic_id, user_id)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX forum_topic_follows_by_user ON forum_topic_follows (user_id);
      CREATE TABLE forum_category_follows (
        category_id INTEGER NOT NULL REFERENCES forum_categories (id) ON DELETE CASCADE,
        user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        PRIMARY KEY (category_id, user_id)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX forum_category_follows_by_user ON forum_category_follows (user_id);

      -- Up to which number a person has read a topic, and all of them.
      CREATE TABLE forum_reads (
        user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        topic_id INTEGER NOT NULL REFERENCES forum_topics (id) ON DELETE CASCADE,
        number INTEGER NOT NULL,
        PRIMARY KEY (user_id, topic_id)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX forum_reads_of_topic ON forum_reads (topic_id);
      CREATE TRIGGER forum_topics_viewed AFTER INSERT ON forum_reads BEGIN
        UPDATE forum_topics SET view_count = view_count + 1 WHERE id = NEW.topic_id;
      END;
      CREATE TABLE forum_readers (
        user_id INTEGER PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
        number INTEGER NOT NULL
      ) STRICT;

      \(forumBytes)
      \(searched("forum_topics", as: "forum-topics", on: ["title", "description", "tags", "status", "deleted_at"]))
      \(searched("forum_posts", as: "forum-posts", on: ["content", "status", "deleted_at"]))
      CREATE TRIGGER search_of_renamed_forum_topics AFTER UPDATE OF title ON forum_topics BEGIN
        INSERT OR IGNORE INTO search_changes (kind, ref) SELECT 'forum-posts', id FROM forum_posts
          WHERE topic_id = NEW.id;
      END;
      """)

  private static func isLive(_ row: String) -> String {
    "\(row).status = 'published' AND \(row).deleted_at IS NULL"
  }

  /// The last live post of a topic; the topic's own number while it has none.
  private static func lastPost(_ topic: String) -> String {
    let live = "FROM forum_posts WHERE topic_id = \(topic) AND status = 'published' AND deleted_at IS NULL"
    return """
      last_post_id = (SELECT id \(live) ORDER BY number DESC LIMIT 1),
      activity = coalesce((SELECT max(number) \(live)), number)
      """
  }

  private static func reaction(_ sign: String, _ row: String) -> String {
    ["like", "love", "laugh", "angry"].map { "\($0)_count = \($0)_count \(sign) (\(row).kind = '\($0)')" }
      .joined(separator: ", ")
  }

  /// Posts and their earlier texts count in the quota of those who wrote them.
  private static let forumBytes = """
    CREATE TRIGGER bytes_of_new_forum_posts AFTER INSERT ON forum_posts BEGIN
      UPDATE stored_bytes SET bytes = bytes + 100 + length(CAST(NEW.content AS BLOB)) WHERE user_id = NEW.author_id;
    END;
    CREATE TRIGGER bytes_of_changed_forum_posts AFTER UPDATE OF content ON forum_posts BEGIN
      UPDATE stored_bytes SET bytes = bytes + length(CAST(NEW.content AS BLOB)) - length(CAST(OLD.content AS BLOB))
        WHERE user_id = NEW.author_id;
    END;
    CREATE TRIGGER bytes_of_gone_forum_posts AFTER DELETE ON forum_posts BEGIN
      UPDATE stored_bytes SET bytes = bytes - 100 - length(CAST(OLD.content AS BLOB)) WHERE user_id = OLD.author_id;
    END;
    CREATE TRIGGER bytes_of_new_forum_edits AFTER INSERT ON forum_edits BEGIN
      UPDATE stored_bytes SET bytes = bytes + 100 + length(CAST(NEW.content AS BLOB)) WHERE user_id = NEW.editor_id;
    END;
    CREATE TRIGGER bytes_of_gone_forum_edits AFTER DELETE ON forum_edits BEGIN
      UPDATE stored_bytes SET bytes = bytes - 100 - length(CAST(OLD.content AS BLOB)) WHERE user_id = OLD.editor_id;
    END;
    """
}
