extension Migration {
  /// Merging and splitting topics, files of posts, and the mail about what is new in the forum.
  static let forumMerges = Migration(
    75, "forum merges",
    sql: """
      -- The address of a merged topic leads to another one, which has its posts.
      ALTER TABLE forum_topics ADD COLUMN merged_into INTEGER REFERENCES forum_topics (id) ON DELETE CASCADE;
      CREATE INDEX forum_topics_merged ON forum_topics (merged_into) WHERE merged_into IS NOT NULL;
      DROP INDEX forum_topics_by_author;
      CREATE INDEX forum_topics_by_author ON forum_topics (author_id, activity);

      CREATE TRIGGER forum_posts_moved AFTER UPDATE OF topic_id ON forum_posts
        WHEN OLD.topic_id <> NEW.topic_id BEGIN
        UPDATE forum_topics SET
          last_post_id = (SELECT id FROM forum_posts WHERE topic_id = OLD.topic_id AND status = 'published'
            AND deleted_at IS NULL ORDER BY number DESC LIMIT 1),
          activity = coalesce((SELECT max(number) FROM forum_posts WHERE topic_id = OLD.topic_id
            AND status = 'published' AND deleted_at IS NULL), number)
          WHERE id = OLD.topic_id;
        INSERT OR IGNORE INTO search_changes (kind, ref) VALUES ('forum-posts', NEW.id);
      END;
      CREATE TRIGGER forum_posts_first_chosen AFTER UPDATE OF is_first ON forum_posts
        WHEN OLD.topic_id = NEW.topic_id AND NEW.status = 'published' AND NEW.deleted_at IS NULL BEGIN
        UPDATE forum_topics SET reply_count = reply_count + OLD.is_first - NEW.is_first WHERE id = NEW.topic_id;
      END;
      CREATE TRIGGER forum_posts_end AFTER DELETE ON forum_posts BEGIN
        DELETE FROM resource_files WHERE resource = 'forum-posts' AND row_id = OLD.id;
      END;

      -- A first post that was written after replies takes the place of its topic, which is before them.
      UPDATE forum_posts SET number = (SELECT number FROM forum_topics WHERE id = forum_posts.topic_id)
        WHERE is_first = 1
          AND EXISTS (SELECT 1 FROM forum_posts AS r WHERE r.topic_id = forum_posts.topic_id
            AND r.number < forum_posts.number)
          AND NOT EXISTS (SELECT 1 FROM forum_posts AS o WHERE o.number = (
            SELECT number FROM forum_topics WHERE id = forum_posts.topic_id));

      -- Whether people were told of a post when it was published: they are not told again.
      ALTER TABLE forum_posts ADD COLUMN is_told INTEGER NOT NULL DEFAULT 0;
      UPDATE forum_posts SET is_told = 1 WHERE status = 'published';

      -- Who gets mails about what is new, the number of the last post that one was about, and when the next is due.
      CREATE TABLE forum_mails (
        user_id INTEGER PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
        period TEXT NOT NULL CHECK (period IN ('daily', 'weekly')),
        number INTEGER NOT NULL,
        due_at INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX forum_mails_due ON forum_mails (due_at);
      """)
}
