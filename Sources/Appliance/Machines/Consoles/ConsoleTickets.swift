import HTTP
import Hypervisor
import Synchronization

/// Permission to open one console, once, soon, and with the session that asked.
struct ConsoleTicket: Sendable {
  let machine: Int64
  let kind: ConsoleKind
  /// Whether what is typed is discarded.
  let isViewOnly: Bool
  /// Whether the person owns the machine; otherwise the right is an admin's.
  let isOwner: Bool
  let account: Int64
  let session: Int64
  /// On the clock of `elapsed`.
  let expiresAt: Int64
}

/// The tickets that were not used yet: in memory, by the hash of their text.
final class ConsoleTickets: Sendable {
  /// How long a ticket is valid: 30 s, in milliseconds.
  static let lifetime: Int64 = 30_000
  /// The most unused tickets of one person; a further one replaces the oldest.
  static let mostOfAccount = 16

  private let clock: Clock
  private let tickets = Mutex<[[UInt8]: ConsoleTicket]>([:])

  init(clock: Clock) { self.clock = clock }

  /// Returns the text for the client.
  func issue(
    for signedIn: SignedIn, _ machine: Machine, _ kind: ConsoleKind, isViewOnly: Bool
  ) -> String {
    let (token, now) = (Token(for: .console), clock.elapsed())
    let account = signedIn.account.id
    let ticket = ConsoleTicket(
      machine: machine.id, kind: kind, isViewOnly: isViewOnly, isOwner: machine.userID == account,
      account: account, session: signedIn.sessionID, expiresAt: now + Self.lifetime)
    tickets.withLock { tickets in
      tickets = tickets.filter { $0.value.expiresAt > now }
      let own = tickets.filter { $0.value.account == account }
      let oldest = own.min { $0.value.expiresAt < $1.value.expiresAt }
      if own.count >= Self.mostOfAccount, let oldest { tickets[oldest.key] = nil }
      tickets[token.hash] = ticket
    }
    return token.text
  }

  /// Uses a ticket up, whoever brings it. Throws 403 when it is unknown, was used, has expired, or is of
  /// another session.
  func redeem(_ text: String?, by signedIn: SignedIn) throws(Failure) -> ConsoleTicket {
    let now = clock.elapsed()
    guard let hash = text.flatMap({ Token.hash($0, for: .console) }),
      let ticket = tickets.withLock({ $0.removeValue(forKey: hash) }), ticket.expiresAt > now,
      signedIn.isInteractive, ticket.session == signedIn.sessionID, ticket.account == signedIn.account.id
    else { throw .consoleTicket }
    return ticket
  }
}
