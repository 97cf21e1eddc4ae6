import Store

/// Notifications of events outside the chat.
extension Notifications {
  static func machine(_ id: Int64) -> String { "machine:\(id)" }
  static func pause(ofMachine id: Int64) -> String { "machine:\(id):pause" }
  static func person(_ id: Int64) -> String { "person:\(id)" }

  /// Notifies those who manage people that someone registered and awaits approval.
  func approvalWanted(for person: Account, in tx: Transaction) throws {
    let managers = try tx.query(Self.managersSQL, Permission.manageUsers.rawValue) { $0.int64(0) }
    try notify(
      managers,
      of: Notice(
        kind: .approvalWanted, subject: Self.person(person.id), link: "/people/\(person.id)",
        actor: person.id, details: ["name": person.name.isEmpty ? person.username : person.name]), in: tx)
  }

  /// People with a permission: admins, and those who have it directly or through their category.
  static let managersSQL = """
    SELECT id FROM users WHERE role = 'admin'
    UNION SELECT user_id FROM permissions WHERE permission = ?1
    UNION SELECT users.id FROM employee_categories AS category
      CROSS JOIN users ON users.category_id = category.id
      WHERE category.is_active = 1 AND EXISTS (SELECT 1 FROM json_each(category.permissions) WHERE value = ?1)
    """
}
