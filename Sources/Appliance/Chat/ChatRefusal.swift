import HTTP

/// Errors of the chat: over HTTP with a status, over sockets with the same code.
enum ChatRefusal {
  static let noChannel = refusal(404, "CHANNEL_NOT_FOUND")
  static let archived = refusal(409, "CHANNEL_ARCHIVED")
  static let nameTaken = refusal(409, "NAME_TAKEN")
  static let general = refusal(409, "GENERAL_CHANNEL")
  static let lastAdmin = refusal(409, "LAST_CHANNEL_ADMIN")
  static let empty = refusal(400, "MESSAGE_EMPTY")
  static let tooLong = refusal(400, "MESSAGE_TOO_LONG")
  static let noMessage = refusal(404, "MESSAGE_NOT_FOUND")
  static let clientID = refusal(400, "CLIENT_ID_INVALID")
  static let emoji = refusal(400, "EMOJI_INVALID")
  static let tooManyReactions = refusal(409, "TOO_MANY_REACTIONS")

  /// `seconds` is the time to wait.
  static func slowMode(_ seconds: Int64) -> Failure {
    Failure(
      429, "SLOW_MODE", Refusals.sentence("SLOW_MODE"), headers: [("Retry-After", String(max(1, seconds)))],
      details: [("retryAfter", .integer(max(1, seconds)))])
  }

  private static func refusal(_ status: Int, _ code: String) -> Failure {
    Failure(status, code, Refusals.sentence(code))
  }
}
