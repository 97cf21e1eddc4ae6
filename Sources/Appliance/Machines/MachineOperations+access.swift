import HTTP

extension MachineOperations {
  /// The machine named by the path, if the person may access it. Throws 404 or 403.
  func machine(for request: Request) async throws -> Machine {
    let account = try request.account()
    guard let id = Int64(digits: request.parameter("id")),
      let machine = try await database.read({ try Machine.find(id, in: $0) })
    else { throw Failure.machineNotFound }
    try Machine.check(machine.userID, isOpenTo: account)
    return machine
  }
}

extension Machine {
  /// Throws 403 unless the account is the owner or an admin.
  static func check(_ owner: Int64, isOpenTo account: Account) throws {
    guard owner == account.id || account.role == .admin else { throw Failure.notYourMachine }
  }
}
