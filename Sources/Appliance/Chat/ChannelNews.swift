import HTTP
import Store

/// Tells the pages of a channel's people, after the commit, that they should look at it again.
struct ChannelNews: Sendable {
  enum Change: String, Sendable { case created, changed, members, archived, deleted, added, removed }

  /// Above this many people, who comes and goes in a public channel is not told to all.
  static let mostTold = 100

  let hub: Hub

  /// Tells some people.
  func tell(_ change: Change, _ channel: Int64, to people: [Int64], in tx: Transaction) {
    guard !people.isEmpty else { return }
    tx.afterCommit { [hub] in
      let text = Frames.encode("CHANNEL_CHANGED") { json in
        json.beginObject()
        json.id("channel", channel)
        json.field("change", change.rawValue)
        json.endObject()
      }
      hub.send(Frame(text: text), to: people)
    }
  }

  /// Tells everyone in it who is here, except some.
  func tell(
    _ change: Change, _ channel: ChannelStanding, except some: [Int64] = [], in tx: Transaction
  ) throws {
    let people = try present(in: channel, tx)
    if change == .members, channel.isPublic, people.count > Self.mostTold { return }
    tell(change, channel.id, to: people.filter { !some.contains($0) }, in: tx)
  }

  /// The people of a channel with an open page; all that are here for the general one.
  func present(in channel: ChannelStanding, _ tx: Transaction) throws -> [Int64] {
    if channel.isGeneral { return hub.present().map(\.id) }
    return try tx.query(
      "SELECT user_id FROM channel_members WHERE channel_id = ?", channel.id, map: { $0.int64(0) }
    ).filter { hub.isPresent($0) }
  }
}
