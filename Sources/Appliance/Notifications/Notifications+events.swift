import Store

/// What happens outside the chat and is told.
extension Notifications {
  static func machine(_ id: Int64) -> String { "machine:\(id)" }
  static func pause(ofMachine id: Int64) -> String { "machine:\(id):pause" }
  static func person(_ id: Int64) -> String { "person:\(id)" }

  /// Tells a machine's owner that it can be entered.
  func ready(_ machine: Machine, in tx: Transaction) throws {
    try notify(
      [machine.userID],
      of: Notice(
        kind: .machineReady, subject: Self.machine(machine.id), link: "/machines/\(machine.id)",
        details: ["name": machine.name]), in: tx)
  }

  /// Tells a machine's owner that a task (`create`, `resize`, `delete`) failed, and why.
  func failed(_ task: String, ofMachine id: Int64, code: String, in tx: Transaction) throws {
    guard code != "CANCELLED", let machine = try Machine.find(id, in: tx) else { return }
    try notify(
      [machine.userID],
      of: Notice(
        kind: .machineFailed, subject: Self.machine(id), link: "/machines/\(id)",
        details: ["name": machine.name, "task": task, "code": code]), in: tx)
  }

  /// Tells a machine's owner that it is reached by another port.
  func portChanged(_ machine: Machine, in tx: Transaction) throws {
    try notify(
      [machine.userID],
      of: Notice(
        kind: .machineFailed, subject: Self.machine(machine.id), link: "/machines/\(machine.id)",
        details: ["name": machine.name, "task": "port", "code": "PORT_CHANGED"]), in: tx)
  }

  /// Tells a machine's owner and the admins that the host paused it, and why.
  func paused(_ machine: Machine, code: String, in tx: Transaction) throws {
    let admins = try tx.query("SELECT id FROM users WHERE role = 'admin'") { $0.int64(0) }
    try notify(
      admins + [machine.userID],
      of: Notice(
        kind: .machinePaused, subject: Self.pause(ofMachine: machine.id), link: "/machines/\(machine.id)",
        details: ["name": machine.name, "code": code]), in: tx)
  }

  /// Tells those who manage people that somebody registered and waits for them.
  func approvalWanted(for person: Account, in tx: Transaction) throws {
    let managers = try tx.query(Self.managersSQL, People.right) { $0.int64(0) }
    try notify(
      managers,
      of: Notice(
        kind: .approvalWanted, subject: Self.person(person.id), link: "/people/\(person.id)",
        actor: person.id, details: ["name": person.name.isEmpty ? person.username : person.name]), in: tx)
  }

  /// Who has a right: as an admin, by themselves, or by their category.
  static let managersSQL = """
    SELECT id FROM users WHERE role = 'admin'
    UNION SELECT user_id FROM permissions WHERE permission = ?1
    UNION SELECT users.id FROM employee_categories AS category
      JOIN users ON users.category_id = category.id
      WHERE category.is_active = 1 AND EXISTS (SELECT 1 FROM json_each(category.permissions) WHERE value = ?1)
    """
}
