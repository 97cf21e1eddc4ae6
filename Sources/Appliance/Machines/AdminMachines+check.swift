import HTTP
import Store

extension AdminMachines {
  /// Throws 403 when the account is an admin and admins may not create machines.
  static func check(_ account: Account, _ configuration: Configuration, in connection: Connection) throws {
    guard account.role == .admin, try !areAllowed(configuration, in: connection) else { return }
    throw Failure.adminsDoNotCreate
  }
}
