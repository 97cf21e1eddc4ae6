import HTTP
import Store
import Synchronization

/// The chat: what is said, by whom it may be read, and who hears it.
///
/// Its functions take the transaction that they are part of; sockets and routes call the same ones. What they
/// did is told once it is on disk, on the writer's thread, and so in one order for everyone. They throw `Failure`
/// with a code of `Refusals.chat`.
final class Chat: Sendable {
  let hub: Hub
  let feeds = ChannelFeeds()
  let directory: ChannelDirectory
  let notifications: Notifications
  let quotas: Quotas
  let typing: Typing

  init(hub: Hub, sessions: Sessions, notifications: Notifications, quotas: Quotas, loop: Loop) {
    self.quotas = quotas
    self.hub = hub
    self.notifications = notifications
    directory = ChannelDirectory(hub: hub, feeds: feeds)
    typing = Typing(feeds: feeds, loop: loop)
    hub.whenRemoved { [feeds] in feeds.remove($0) }
    sessions.whenAccountIsRemoved { [directory] in directory.forget(account: $0) }
  }

  /// Tells what a transaction did, once it is on disk.
  func publish(_ event: ChatEvent, in tx: Transaction) {
    tx.afterCommit { [feeds] in
      feeds[event.message.channel]?.publish(Frame(text: event.frame), event.number)
    }
  }

  /// The channel, if somebody may read it. Throws 404 otherwise.
  func readable(_ id: Int64, by account: Account, in tx: Transaction) throws -> Channel {
    guard let channel = try directory.find(id, in: tx), channel.mayRead(account.id) else {
      throw Failure.channelNotFound
    }
    return channel
  }

  /// A message that is to be changed, and its channel. Throws 404 where somebody may not read it or it was
  /// deleted, 409 where nothing may be changed any more.
  func changeable(
    _ id: Int64, by account: Account, in tx: Transaction
  ) throws -> (message: ChatMessage, channel: Channel) {
    guard let message = try ChatMessage.find(id, in: tx), !message.isDeleted,
      let channel = try directory.find(message.channel, in: tx), channel.mayRead(account.id)
    else { throw Failure.messageNotFound }
    if channel.isArchived { throw Failure.channelArchived }
    return (message, channel)
  }

  /// The next revision of a channel: what a change of one of its messages carries.
  static func advance(_ channel: Int64, in tx: Transaction) throws -> Int64 {
    try tx.scalar("UPDATE channels SET revision = revision + 1 WHERE id = ? RETURNING revision", channel) ?? 0
  }
}
