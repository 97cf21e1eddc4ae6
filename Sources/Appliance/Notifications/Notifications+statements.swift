/// SQL statements; all use an index by person.
extension Notifications {
  /// Maximum number of message ids stored in an unread notification; the newest are kept.
  static let mostMessages = 50

  /// Arguments: people, kind, subject, actor, details, link, now, defaults for page and mail, when a mail is
  /// due, the message it concerns. Inactive and deleted people are skipped.
  static let insertSQL = """
    INSERT INTO notifications (user_id, kind, subject, actor_id, details, link, count, mailed_count, on_page,
      created_at, mail_due_at, messages)
    SELECT users.id, ?2, ?3, ?4, ?5, ?6, 1 + coalesce(old.count, 0), coalesce(old.mailed_count, 0),
      coalesce(wish.on_page, ?8), ?7, CASE WHEN coalesce(wish.by_mail, ?9) THEN coalesce(old.mail_due_at, ?10) END,
      CASE WHEN ?11 IS NULL THEN '[]'
        WHEN json_array_length(old.messages) >= \(mostMessages)
          THEN json_insert(json_remove(old.messages, '$[0]'), '$[#]', ?11)
        ELSE json_insert(coalesce(old.messages, '[]'), '$[#]', ?11) END
    FROM json_each(?1) AS person
    CROSS JOIN users ON users.id = person.value AND users.is_active = 1
    LEFT JOIN notification_preferences AS wish ON wish.user_id = users.id AND wish.kind = ?2
    LEFT JOIN notifications AS old
      ON old.subject = ?3 AND old.user_id = users.id AND old.kind = ?2 AND old.read_at IS NULL
    WHERE coalesce(wish.on_page, ?8) OR coalesce(wish.by_mail, ?9)
    RETURNING id, user_id, count, on_page
    """

  /// Deletes the notifications replaced by new ones. Arguments: subject, kind, the first id to keep, people.
  static let replaceSQL = """
    DELETE FROM notifications WHERE subject = ?1 AND kind = ?2 AND read_at IS NULL AND id < ?3
      AND user_id IN (SELECT value FROM json_each(?4))
    """

  /// Arguments: people, a kind, and the default for the browser. Rows: person, unread count, and whether the
  /// browser should show that kind.
  static let toldSQL = """
    SELECT person.value,
      (SELECT count(*) FROM notifications
        WHERE user_id = person.value AND read_at IS NULL AND on_page = 1),
      coalesce((SELECT in_browser FROM notification_preferences
        WHERE user_id = person.value AND kind = ?2), ?3)
    FROM json_each(?1) AS person
    """

  static let unreadSQL =
    "SELECT count(*) FROM notifications WHERE user_id = ? AND read_at IS NULL AND on_page = 1"

  static let seenSQL =
    "UPDATE notifications SET read_at = ? WHERE subject = ? AND user_id = ? AND read_at IS NULL"

  /// For subjects of requests only, as the index is partial.
  static let forgetSQL = """
    DELETE FROM notifications WHERE subject = ? AND substr(subject, 1, 10) = 'complaint:' RETURNING user_id
    """

  static let renameSQL = """
    UPDATE notifications SET subject = ?2 WHERE subject = ?1 AND read_at IS NULL AND NOT EXISTS (
      SELECT 1 FROM notifications AS n WHERE n.subject = ?2 AND n.user_id = notifications.user_id
        AND n.kind = notifications.kind AND n.read_at IS NULL)
    """

  static let settleSQL =
    "UPDATE notifications SET read_at = ? WHERE subject = ? AND read_at IS NULL RETURNING user_id"
}
