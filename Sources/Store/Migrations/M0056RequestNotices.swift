extension Migration {
  /// An index to delete all notifications about a request with it. Those about requests that are gone are deleted, and
  /// exact times that anonymous requests left in notifications and comments are rounded down to the hour.
  static let requestNotices = Migration(
    56, "request_notices",
    sql: """
      CREATE INDEX notifications_of_request ON notifications (subject)
        WHERE substr(subject, 1, 10) = 'complaint:';
      DELETE FROM notifications WHERE substr(subject, 1, 10) = 'complaint:'
        AND CAST(substr(subject, 11) AS INTEGER) NOT IN (SELECT id FROM complaints);
      UPDATE notifications SET created_at = created_at - created_at % 3600000
        WHERE substr(subject, 1, 10) = 'complaint:' AND actor_id IS NULL
          AND kind IN ('request_new', 'request_commented')
          AND CAST(substr(subject, 11) AS INTEGER) IN (SELECT id FROM complaints WHERE is_anonymous = 1);
      UPDATE complaint_comments SET created_at = created_at - created_at % 3600000
        WHERE author_id IS NULL AND author_name = '';
      """)
}
