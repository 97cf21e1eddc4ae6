import HTTP
import Store

/// The rights of a channel as refusals.
extension Channel {
  /// Whether it is somebody's own: in the general channel everyone is.
  func isMember(_ account: Int64) -> Bool { isGeneral || members[account] != nil }

  /// Throws 409 for a direct channel, which has no admin, 403 for who is none.
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

  /// Throws 409 where the channel would be left without an admin; the general one needs none of its own.
  func requireAdmin(beside person: Int64) throws(Failure) {
    guard !isGeneral else { return }
    guard members.contains(where: { $0.key != person && $0.value == .admin }) else {
      throw Failure.lastChannelAdmin
    }
  }
}

extension ChannelDirectory {
  /// The channel that a request's path names, by its id or, when public, by its name. Throws 404
  /// `CHANNEL_NOT_FOUND` where there is none that the person may know of.
  func find(_ request: Request) throws(Failure) -> Channel {
    guard let channel = find(request.parameter("id")), channel.mayRead(try request.account().id) else {
      throw Failure.channelNotFound
    }
    return channel
  }

  /// The same, as it is within a transaction.
  func find(_ request: Request, in tx: Transaction) throws -> Channel {
    guard let known = find(request.parameter("id")), let channel = try find(known.id, in: tx),
      channel.mayRead(try request.account().id)
    else { throw Failure.channelNotFound }
    return channel
  }
}
