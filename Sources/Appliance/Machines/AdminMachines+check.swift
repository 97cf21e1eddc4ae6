import HTTP
import Store

extension AdminMachines {
  /// Throws 403 for an admin where they do not create machines.
  static func check(_ account: Account, _ configuration: Configuration, in connection: Connection) throws {
    guard account.role == .admin, try !areAllowed(configuration, in: connection) else { return }
    throw Failure.adminsDoNotCreate
  }
}
