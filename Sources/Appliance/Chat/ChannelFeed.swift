import HTTP
import Synchronization

/// The number that decides whether a subscriber has an event already: a new message's id, or the channel's
/// revision for a change. Both increase with every commit.
enum FeedNumber: Sendable {
  case message(Int64)
  case revision(Int64)
}

/// Delivers the events of one channel to the sockets that joined it, each event exactly once and in order.
///
/// Why none is lost or doubled: events are published on the writer's thread only, after their commit and in
/// commit order. A joining socket first starts collecting published events, then reads a page of the
/// database. An event committed before that read is in the page, whether published yet or not. One committed
/// later is published later, and so collected or sent live. `arrive` sends the page, then the collected
/// events, and switches to live, all under the lock that publishing takes; collected and live events are sent
/// only if their number is beyond the page's. Before the last page nothing is collected: the next page
/// includes it.
final class ChannelFeed: Sendable {
  /// Events published while a page was being read.
  private struct Collected {
    let number: FeedNumber
    let frame: Frame
  }

  private struct Joining {
    let subscriber: Subscriber
    let ticket: UInt64
    var isReading = false
    var collected: [Collected] = []
    var bytes = 0
    var hasOverflowed = false

    mutating func collect(_ event: Collected) {
      guard isReading, !hasOverflowed else { return }
      bytes += event.frame.count
      hasOverflowed = bytes > ChannelFeed.mostCollected
      if hasOverflowed { collected = [] } else { collected.append(event) }
    }
  }

  private struct Listener {
    let socket: any FrameSink
    let subscriber: Subscriber
    let account: Int64
    /// The greatest message id in the pages sent.
    let message: Int64
    let revision: Int64
  }

  private struct State {
    var listeners: [Listener] = []
    /// The index of each socket in `listeners`.
    var places: [UInt64: Int] = [:]
    var joining: [UInt64: Joining] = [:]
    var lastTicket: UInt64 = 0
  }

  enum Arrival {
    /// The socket now receives events live.
    case live
    /// There is another page.
    case next
    /// Too many events were published meanwhile: the same page must be read again.
    case again
    /// The socket left, was removed, or joined again.
    case gone
  }

  /// Maximum bytes collected while one page is read; beyond it the page is read again.
  private static let mostCollected = 192 << 10

  let channel: Int64
  private let state = Mutex(State())

  init(channel: Int64) {
    self.channel = channel
  }

  /// Starts a join, replacing an earlier one of the same socket. Returns a ticket that identifies this join.
  func join(_ subscriber: Subscriber) -> UInt64 {
    state.withLock { state in
      Self.drop(subscriber.socket.id, &state)
      state.lastTicket &+= 1
      state.joining[subscriber.socket.id] = Joining(subscriber: subscriber, ticket: state.lastTicket)
      return state.lastTicket
    }
  }

  /// Starts collecting; call it before a page is read. False when the join is over.
  func collect(_ socket: UInt64, _ ticket: UInt64) -> Bool {
    state.withLock { state in
      guard state.joining[socket]?.ticket == ticket else { return false }
      state.joining[socket]?.isReading = true
      return true
    }
  }

  /// Sends a page that was read after `collect`: it contains all messages up to `message`, with the changes
  /// up to `revision`.
  func arrive(
    _ socket: UInt64, _ ticket: UInt64, with page: Frame, isLast: Bool, message: Int64, revision: Int64
  ) -> Arrival {
    state.withLock { state in
      guard var joining = state.joining[socket], joining.ticket == ticket else { return .gone }
      // The socket was closed between the request and this join.
      guard let account = joining.subscriber.account else {
        state.joining[socket] = nil
        return .gone
      }
      let collected = joining.collected
      let isLost = joining.hasOverflowed
      (joining.isReading, joining.collected, joining.bytes, joining.hasOverflowed) = (false, [], 0, false)
      state.joining[socket] = joining
      if isLast, isLost { return .again }
      let subscriber = joining.subscriber
      subscriber.socket.send(page)
      guard isLast else { return .next }
      let listener = Listener(
        socket: subscriber.socket, subscriber: subscriber, account: account.id, message: message,
        revision: revision)
      for event in collected where Self.isNew(event.number, to: listener) {
        subscriber.socket.send(event.frame)
      }
      state.joining[socket] = nil
      state.places[socket] = state.listeners.count
      state.listeners.append(listener)
      return .live
    }
  }

  /// Cancels a join that cannot be completed; false when it is over already.
  func cancel(_ socket: UInt64, _ ticket: UInt64) -> Bool {
    state.withLock { state in
      guard state.joining[socket]?.ticket == ticket else { return false }
      state.joining[socket] = nil
      return true
    }
  }

  /// Delivers an event. On the writer's thread, after the commit.
  func publish(_ frame: Frame, _ number: FeedNumber) {
    state.withLock { state in
      switch number {
      case .message(let id):
        for listener in state.listeners where id > listener.message { listener.socket.send(frame) }
      case .revision(let revision):
        for listener in state.listeners where revision > listener.revision { listener.socket.send(frame) }
      }
      if !state.joining.isEmpty { Self.collect(frame, number, &state) }
    }
  }

  /// Sends an ephemeral frame, such as typing, to all sockets except those of one account. From any thread.
  func publish(_ frame: Frame, except account: Int64) {
    state.withLock { state in
      for listener in state.listeners where listener.account != account { listener.socket.send(frame) }
    }
  }

  /// Removes a socket; true when it had joined or was joining.
  func remove(_ socket: UInt64) -> Bool {
    state.withLock { Self.drop(socket, &$0) }
  }

  /// Removes the sockets for whose account `farewell` returns a frame, sends it to them and returns them.
  func remove(where farewell: (Int64) -> Frame?) -> [Subscriber] {
    state.withLock { state in
      let all = state.listeners.map(\.subscriber) + state.joining.values.map(\.subscriber)
      return all.filter { subscriber in
        guard let account = subscriber.account, let frame = farewell(account.id) else { return false }
        Self.drop(subscriber.socket.id, &state)
        subscriber.socket.send(frame)
        return true
      }
    }
  }

  var isEmpty: Bool { state.withLock { $0.listeners.isEmpty && $0.joining.isEmpty } }

  private static func isNew(_ number: FeedNumber, to listener: Listener) -> Bool {
    switch number {
    case .message(let id): id > listener.message
    case .revision(let revision): revision > listener.revision
    }
  }

  private static func collect(_ frame: Frame, _ number: FeedNumber, _ state: inout State) {
    var index = state.joining.startIndex
    while index != state.joining.endIndex {
      state.joining.values[index].collect(Collected(number: number, frame: frame))
      state.joining.formIndex(after: &index)
    }
  }

  /// Swap removal: the last listener takes the place of the removed one.
  @discardableResult
  private static func drop(_ socket: UInt64, _ state: inout State) -> Bool {
    if state.joining.removeValue(forKey: socket) != nil { return true }
    guard let place = state.places.removeValue(forKey: socket), let last = state.listeners.popLast() else {
      return false
    }
    if place < state.listeners.count {
      state.listeners[place] = last
      state.places[last.socket.id] = place
    }
    return true
  }
}
