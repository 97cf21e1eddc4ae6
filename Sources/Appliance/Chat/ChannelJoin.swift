import HTTP
import Store

/// Sends one socket the messages of a channel since its last visit, page by page as fast as the socket reads
/// them.
final class ChannelJoin: Sendable {
  private static let pauses: [Duration] = [
    .milliseconds(5), .milliseconds(10), .milliseconds(20), .milliseconds(50), .milliseconds(100),
    .milliseconds(250),
  ]

  private let database: Database
  private let chat: Chat
  private let loop: Loop
  private let feed: ChannelFeed
  private let ticket: UInt64
  private let subscriber: Subscriber
  private let account: Int64
  /// No further page is read while more bytes than this are queued.
  private let mostQueued: Int
  private let failed: @Sendable (any Error) -> Void

  /// `failed` is called with an error that ended the join.
  init(
    _ sockets: Sockets, _ database: Database, _ chat: Chat, _ feed: ChannelFeed, ticket: UInt64,
    _ subscriber: Subscriber, account: Int64,
    failed: @escaping @Sendable (any Error) -> Void
  ) {
    self.database = database
    self.chat = chat
    loop = sockets.loop
    self.feed = feed
    self.ticket = ticket
    self.subscriber = subscriber
    self.account = account
    mostQueued = sockets.limits.maxQueued / 4
    self.failed = failed
  }

  /// Reads and sends the page at the cursor, then the next ones.
  func run(from cursor: JoinCursor) {
    guard feed.collect(subscriber.socket.id, ticket) else { return }
    database.read(
      { [channel = feed.channel, account] connection in
        try JoinPage.read(channel, for: account, from: cursor, in: connection)
      },
      then: { [self] result in
        switch result {
        case .success(let page): apply(page, readAt: cursor)
        case .failure(let error as StoreError) where error.code == .overloaded: runLater(from: cursor)
        case .failure(let error): giveUp(error)
        }
      })
  }

  private func apply(_ page: JoinPage, readAt cursor: JoinCursor) {
    chat.feeds.arriving.withLock { $0 }?()
    let arrival = feed.arrive(
      subscriber.socket.id, ticket, with: page.frame, isLast: page.isLast, message: page.message,
      revision: page.revision)
    switch arrival {
    case .live, .gone: break
    case .again: run(from: cursor)
    case .next: goOn(from: page.next, pause: 0)
    }
  }

  private func goOn(from cursor: JoinCursor, pause: Int) {
    guard subscriber.socket.queuedBytes > mostQueued else { return run(from: cursor) }
    loop.timer(after: Self.pauses[min(pause, Self.pauses.count - 1)]) { [self] in
      guard !subscriber.socket.isClosing else { return }
      goOn(from: cursor, pause: pause + 1)
    }
  }

  /// Delayed, because all clients reconnect at once after a restart.
  private func runLater(from cursor: JoinCursor) {
    loop.timer(after: .milliseconds(Int.random(in: 50...250))) { [self] in run(from: cursor) }
  }

  private func giveUp(_ error: any Error) {
    guard feed.cancel(subscriber.socket.id, ticket) else { return }
    subscriber.state.withLock { _ = $0.channels.remove(feed.channel) }
    failed(error)
  }
}
