import HTTP
import Store

/// A channel as seen by one person, with unread count and latest message.
///
/// Read by one statement; each part uses an index, and each count is bounded.
struct ChannelView: Sendable {
  /// The other member of a direct channel.
  struct Peer: Sendable {
    let id: Int64
    let name: String
    let username: String
    let avatar: String
    let isActive: Bool
  }

  struct Preview: Sendable {
    let id: Int64
    let author: String
    /// At most 120 characters.
    let text: String
    let createdAt: Int64
  }

  /// Unread messages are counted up to this number.
  static let mostUnread = 100
  /// At most this many of the newest messages are examined for the count and the preview, so that the list
  /// stays cheap for a program that posts thousands and never reads, and for members of a cleared channel.
  static let mostLookedAt = 2000

  let id: Int64
  let kind: String
  let name: String
  let topic: String
  let isGeneral: Bool
  let isArchived: Bool
  let createdBy: Int64?
  let createdAt: Int64
  let updatedAt: Int64
  let slowSeconds: Int64
  let retentionDays: Int64
  let revision: Int64
  let memberCount: Int64
  let isJoined: Bool
  let role: String?
  let isMuted: Bool
  let readID: Int64
  let last: Int64
  let unread: Int64
  let mentions: Int64
  let peer: Peer?
  let preview: Preview?

  /// The fields of channels `c` that a person sees; `?1` is the person.
  private static let select = """
    SELECT c.id, c.kind, c.name, c.topic, c.is_general, c.archived_at, c.created_by, c.created_at, c.updated_at,
      c.slow_seconds, c.retention_days, c.revision,
      CASE WHEN c.is_general
        THEN (SELECT count(*) FROM users WHERE is_active = 1 AND is_approved = 1)
        ELSE (SELECT count(*) FROM channel_members WHERE channel_id = c.id) END AS member_count,
      c.is_general OR m.user_id IS NOT NULL AS is_joined,
      CASE WHEN m.user_id IS NOT NULL THEN m.role WHEN c.is_general THEN 'member' END AS role,
      coalesce(m.is_muted, 0) AS is_muted, coalesce(m.read_id, 0) AS read_id,
      (SELECT max(id) FROM chat_messages WHERE channel_id = c.id) AS last,
      CASE WHEN c.is_general OR m.user_id IS NOT NULL THEN (
        SELECT count(*) FROM (
          SELECT 1 FROM (
            SELECT deleted_at, author_id FROM chat_messages WHERE channel_id = c.id AND id > coalesce(m.read_id, 0)
            ORDER BY id DESC LIMIT \(mostLookedAt))
          WHERE deleted_at IS NULL AND author_id IS NOT ?1 LIMIT \(mostUnread))) ELSE 0 END AS unread,
      (SELECT sum(count) FROM notifications WHERE user_id = ?1 AND kind = 'mention'
        AND subject = 'channel:' || c.id AND read_at IS NULL) AS mentions,
      o.id AS peer_id, o.name AS peer_name, o.username AS peer_username, o.avatar AS peer_avatar,
      o.is_active AS peer_is_active,
      p.id AS preview_id, coalesce(a.name, p.author_name) AS preview_author, substr(p.text, 1, 120) AS preview_text,
      p.created_at AS preview_at
    FROM channels AS c
    LEFT JOIN channel_members AS m ON m.channel_id = c.id AND m.user_id = ?1
    LEFT JOIN users AS o ON c.kind = 'direct'
      AND o.id = (SELECT user_id FROM channel_members WHERE channel_id = c.id AND user_id <> ?1)
    LEFT JOIN chat_messages AS p ON p.id = (
      SELECT id FROM (
        SELECT id, deleted_at FROM chat_messages WHERE channel_id = c.id ORDER BY id DESC LIMIT \(mostLookedAt))
      WHERE deleted_at IS NULL LIMIT 1)
    LEFT JOIN users AS a ON a.id = p.author_id

    """

  /// A person's channels; a direct channel opened by someone else is included once it has a message.
  static let mineSQL =
    select + """
      WHERE c.id IN (
          SELECT channel_id FROM channel_members WHERE user_id = ?1
          UNION SELECT id FROM channels WHERE is_general = 1)
        AND c.id < ?2 AND (?3 OR c.archived_at IS NULL)
        AND (c.kind <> 'direct' OR c.created_by IS ?1
          OR EXISTS (SELECT 1 FROM chat_messages WHERE channel_id = c.id))
      ORDER BY c.id DESC LIMIT ?4
      """

  /// Public channels, joined or not, whose name or topic contains the search text.
  static let publicSQL =
    select + """
      WHERE c.kind = 'public' AND c.id < ?2 AND (?3 OR c.archived_at IS NULL)
        AND (?4 = '' OR holds(?4, c.name, c.topic))
      ORDER BY c.id DESC LIMIT ?5
      """

  static let oneSQL = select + "WHERE c.id = ?2"

  static func find(
    _ id: Int64, for account: Account, in connection: Connection
  ) throws -> ChannelView {
    guard let view = try connection.first(oneSQL, account.id, id, map: ChannelView.init) else {
      throw Failure.channelNotFound
    }
    return view
  }

  init(_ row: Row) {
    id = row.int64("id")
    kind = row.text("kind")
    name = row.text("name")
    topic = row.text("topic")
    isGeneral = row.bool("is_general")
    isArchived = !row.isNull("archived_at")
    createdBy = row.optionalInt64("created_by")
    createdAt = row.int64("created_at")
    updatedAt = row.int64("updated_at")
    slowSeconds = row.int64("slow_seconds")
    retentionDays = row.int64("retention_days")
    revision = row.int64("revision")
    memberCount = row.int64("member_count")
    isJoined = row.bool("is_joined")
    role = row.optionalText("role")
    isMuted = row.bool("is_muted")
    readID = row.int64("read_id")
    last = row.int64("last")
    unread = row.int64("unread")
    mentions = row.int64("mentions")
    peer = row.optionalInt64("peer_id").map { id in
      Peer(
        id: id, name: row.text("peer_name"), username: row.text("peer_username"),
        avatar: row.text("peer_avatar"), isActive: row.bool("peer_is_active"))
    }
    preview = row.optionalInt64("preview_id").map { id in
      Preview(
        id: id, author: row.text("preview_author"), text: row.text("preview_text"),
        createdAt: row.int64("preview_at"))
    }
  }
}
