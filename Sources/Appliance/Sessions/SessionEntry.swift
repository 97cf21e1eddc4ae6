/// A session in memory.
struct SessionEntry: Sendable, Equatable {
  let id: Int64
  let userID: Int64
  let workstationID: Int64
  /// A companion beside the workstation.
  var isPhone = false
  let address: String
  let createdAt: Int64
  let expiresAt: Int64
  /// When it last asked for something.
  var seenAt: Int64
  /// When its lease began to run: its last request, or 0 once its page was closed.
  var leasedAt: Int64

  /// A session without an open socket stays live this long after its last request: 60 s, in milliseconds.
  static let lease: Int64 = 60_000
}

/// Why a session ended, as its page is told.
enum SessionEnd: String, Sendable {
  case signedOut = "SIGNED_OUT"
  case takenOver = "TAKEN_OVER"
  case endedByAdmin = "ENDED_BY_ADMIN"
  case endedByOwner = "ENDED_BY_OWNER"
  case passwordChanged = "PASSWORD_CHANGED"
  case deactivated = "DEACTIVATED"
  case deleted = "DELETED"
  case expired = "EXPIRED"
  /// Its own token came along with a new sign-in.
  case replaced = "REPLACED"
}
