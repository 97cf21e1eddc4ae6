/// A session, as held in memory.
struct SessionEntry: Sendable, Equatable {
  let id: Int64
  let userID: Int64
  let workstationID: Int64
  /// Whether it is on a phone, used in addition to the workstation.
  var isPhone = false
  let address: String
  let createdAt: Int64
  let expiresAt: Int64
  /// The time of its last request.
  var seenAt: Int64
  /// When its lease started: its last request, or 0 after its page was closed.
  var leasedAt: Int64

  /// Time after its last request during which a session without an open socket is live: 60 s, in
  /// milliseconds.
  static let lease: Int64 = 60_000
}

/// Why a session ended, as told to its page.
enum SessionEnd: String, Sendable {
  case signedOut = "SIGNED_OUT"
  case takenOver = "TAKEN_OVER"
  case endedByAdmin = "ENDED_BY_ADMIN"
  case endedByOwner = "ENDED_BY_OWNER"
  case passwordChanged = "PASSWORD_CHANGED"
  case deactivated = "DEACTIVATED"
  case deleted = "DELETED"
  case expired = "EXPIRED"
  /// A new sign-in came with this session's own token.
  case replaced = "REPLACED"
}
