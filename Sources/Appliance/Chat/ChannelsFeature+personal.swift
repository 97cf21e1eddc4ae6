import HTTP
import Store

/// A person's settings for a channel: muting.
extension ChannelsFeature {
  func personalRoutes(_ one: String) -> [Route] {
    let path = one + "/preferences"
    let (schema, view) = (Schema.members(["muted": .boolean]), ChannelView.schema)
    return [
      .patch(path, .signedIn, "Mute a channel for yourself", request: schema, response: view, setPreferences),
      .put(path, .signedIn, "Mute a channel for yourself", request: schema, response: view, setPreferences),
    ]
  }

  private func setPreferences(_ request: Request) async throws -> Response {
    let account = try request.account()
    guard let isMuted = try request.json()["muted"]?.bool else {
      throw Failure.invalid([FieldError("muted", "NOT_A_BOOLEAN", ChannelFields.booleanSentence)])
    }
    let view = try await database.write { [directory, hub] tx in
      let channel = try directory.find(request, in: tx)
      guard channel.isMember(account.id) else { throw Failure.notChannelMember }
      try tx.execute(
        """
        INSERT INTO channel_members (channel_id, user_id, joined_at, is_muted) VALUES (?, ?, ?, ?)
        ON CONFLICT (channel_id, user_id) DO UPDATE SET is_muted = excluded.is_muted
        """, channel.id, account.id, tx.now, isMuted)
      // The person's other pages must apply the setting, too.
      tx.afterCommit {
        hub.send(Frame(text: ChannelDirectory.changed(channel.id, "changed")), to: [account.id])
      }
      return try ChannelView.find(channel.id, for: account, in: tx)
    }
    return .json { view.write(to: &$0, for: account, activity) }
  }
}
