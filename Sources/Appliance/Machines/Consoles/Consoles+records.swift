import HTTP
import Store

/// What is asked and written in the database about consoles.
extension Consoles {
  /// The machine and the person, asked again at the opening: both may have changed since the ticket.
  func machine(
    of watch: ConsoleWatch, in connection: Connection
  ) throws -> (machine: Machine, account: Account) {
    guard let machine = try Machine.find(watch.ticket.machine, in: connection) else {
      throw Failure.machineNotFound
    }
    guard let account = sockets.sessions.account(watch.ticket.account), account.isActive else {
      throw Failure.forbidden
    }
    try Machine.check(machine.userID, isOpenTo: account)
    guard machine.status.hasConsole else { throw Failure.consoleNeedsRunning }
    return (machine, account)
  }

  /// Records who opened a console, and tells the owner of somebody else.
  func record(_ watch: ConsoleWatch, in tx: Transaction) throws {
    let (machine, account) = try self.machine(of: watch, in: tx)
    let isOwner = machine.userID == account.id
    try Audit.record(
      isOwner ? .consoleOpened : .consoleWatched, actor: account, on: .machine(machine),
      from: watch.socket.peerAddress, details: watch.ticket.words, in: tx)
    if !isOwner {
      try base.notifications.watched(machine, by: account, isViewOnly: watch.ticket.isViewOnly, in: tx)
    }
  }

  /// The machine and the person may be gone.
  func recordEnd(_ watch: ConsoleWatch, seconds: Int64, in tx: Transaction) throws {
    let ticket = watch.ticket
    let machine = try Machine.find(ticket.machine, in: tx)
    try Audit.record(
      .consoleClosed, actor: try Account.find(ticket.account, in: tx),
      on: Audit.Subject(type: "machine", id: ticket.machine, name: machine?.name ?? ""),
      from: watch.socket.peerAddress, details: "\(ticket.words), \(seconds) s", in: tx)
  }
}

extension ConsoleTicket {
  /// For the audit log.
  fileprivate var words: String { kind.rawValue + (isViewOnly ? ", view only" : "") }
}

extension Machine.Status {
  /// Whether a machine in this state has a screen and a serial line.
  var hasConsole: Bool { self == .running || self == .paused }
}

extension Notifications {
  /// Notifies a machine's owner that somebody else opened its console.
  func watched(_ machine: Machine, by account: Account, isViewOnly: Bool, in tx: Transaction) throws {
    try notify(
      [machine.userID],
      of: Notice(
        kind: .machineWatched, subject: Self.machine(machine.id), link: "/machines/\(machine.id)",
        actor: account.id, details: ["name": machine.name, "task": isViewOnly ? "view" : "use"]), in: tx)
  }
}
