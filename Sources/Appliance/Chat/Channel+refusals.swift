import HTTP
import Store

/// Permission checks on channels that throw.
extension Channel {
  /// Whether the person is a member; everyone is a member of the general channel.
  func isMember(_ account: Int64) -> Bool { isGeneral || members[account] != nil }

  /// Throws 409 for a direct channel, which has no admins, and 403 when the account is not an admin.
  func requireAdmin(_ account: Account) throws(Failure) {
    guard kind != .direct else { throw Failure.directChannel }
    guard isAdmin(account) else { throw Failure.notChannelAdmin }
  }

  func requireNotGeneral() throws(Failure) {
    if isGeneral { throw Failure.generalChannel }
  }

  func requireNotArchived() throws(Failure) {
    if isArchived { throw Failure.channelArchived }
  }

  /// Throws 409 when the channel would have no admin besides this person; the general channel needs none.
  func requireAdmin(beside person: Int64) throws(Failure) {
    guard !isGeneral else { return }
    guard members.contains(where: { $0.key != person && $0.value == .admin }) else {
      throw Failure.lastChannelAdmin
    }
  }
}

extension ChannelDirectory {
  /// The channel named by a request's path: an id or, for a public channel, a name. Throws 404
  /// `CHANNEL_NOT_FOUND` when it does not exist or the person may not know of it.
  func find(_ request: Request) throws(Failure) -> Channel {
    guard let channel = find(request.parameter("id")), channel.mayRead(try request.account().id) else {
      throw Failure.channelNotFound
    }
    return channel
  }

  /// The same, as of the transaction.
  func find(_ request: Request, in tx: Transaction) throws -> Channel {
    guard let known = find(request.parameter("id")), let channel = try find(known.id, in: tx),
      channel.mayRead(try request.account().id)
    else { throw Failure.channelNotFound }
    return channel
  }
}
