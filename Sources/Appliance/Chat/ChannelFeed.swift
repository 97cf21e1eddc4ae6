import HTTP
import Synchronization

/// Which of a subscriber's cursors an event is measured by: new messages by their id, changes of older ones by the
/// channel's revision. Both grow with every commit.
enum FeedNumber: Sendable {
  case message(Int64)
  case revision(Int64)
}

/// Hands what happens in one channel to the sockets that joined it, each once and in order.
///
/// Why nothing is missing and nothing comes twice: events are published on the writer's thread alone, after their
/// commit and in its order. A joining socket first starts to collect what is published, and then reads a page
/// of the database. An event committed before that state was read is in the page, whether or not it was published
/// by then; one committed later is published later, and so collected or, from then on, sent. `arrive` gives the
/// page, what was collected beyond it, and switches to live, all under one lock that publishing takes, too; and
/// both what was collected and what comes later is sent only if its number is beyond the page's. Before the last
/// page nothing is collected at all: the next page reads it.
final class ChannelFeed: Sendable {
  /// What was published while a page was read.
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
    /// What the pages of its join contained.
    let message: Int64
    let revision: Int64
  }

  private struct State {
    var listeners: [Listener] = []
    /// Where in `listeners` a socket stands.
    var places: [UInt64: Int] = [:]
    var joining: [UInt64: Joining] = [:]
    var lastTicket: UInt64 = 0
  }

  enum Arrival {
    /// From here on it hears what happens.
    case live
    /// There is a further page.
    case next
    /// Too much happened meanwhile: the same page is to be read again.
    case again
    /// It left, was taken out, or joined anew.
    case gone
  }

  /// Of what is published while one page is read; beyond it the page is read again.
  private static let mostCollected = 192 << 10

  let channel: Int64
  private let state = Mutex(State())

  init(channel: Int64) {
    self.channel = channel
  }

  /// Begins a join, in place of one that the socket has here. The ticket tells this join from later ones.
  func join(_ subscriber: Subscriber) -> UInt64 {
    state.withLock { state in
      Self.drop(subscriber.socket.id, &state)
      state.lastTicket &+= 1
      state.joining[subscriber.socket.id] = Joining(subscriber: subscriber, ticket: state.lastTicket)
      return state.lastTicket
    }
  }

  /// To be called before a page is read; false where the join is over.
  func collect(_ socket: UInt64, _ ticket: UInt64) -> Bool {
    state.withLock { state in
      guard state.joining[socket]?.ticket == ticket else { return false }
      state.joining[socket]?.isReading = true
      return true
    }
  }

  /// Sends a page that was read after `collect`: it holds all messages up to `message`, as changed up to
  /// `revision`.
  func arrive(
    _ socket: UInt64, _ ticket: UInt64, with page: Frame, isLast: Bool, message: Int64, revision: Int64
  ) -> Arrival {
    state.withLock { state in
      guard var joining = state.joining[socket], joining.ticket == ticket else { return .gone }
      // It ended between its wish to join and this join.
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

  /// Ends a join that cannot be completed; false where it is over already.
  func cancel(_ socket: UInt64, _ ticket: UInt64) -> Bool {
    state.withLock { state in
      guard state.joining[socket]?.ticket == ticket else { return false }
      state.joining[socket] = nil
      return true
    }
  }

  /// On the writer's thread, after the commit.
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

  /// Tells what nobody misses who is not there, to all but one account's sockets; from any thread.
  func publish(_ frame: Frame, except account: Int64) {
    state.withLock { state in
      for listener in state.listeners where listener.account != account { listener.socket.send(frame) }
    }
  }

  /// True where the socket had joined, or was about to.
  func remove(_ socket: UInt64) -> Bool {
    state.withLock { Self.drop(socket, &$0) }
  }

  /// Takes out the sockets whose account `isConcerned`, sends each what `farewell` makes, and answers them.
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

  /// The last listener takes the place of the one that goes.
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
