import HTTP
import Store

/// The accounts of the demo: a small school with a technical service.
struct DemoPeople {
  struct Person {
    let username: String
    let name: String
    let role: Role
    let language: Language
    let department: String
    let position: String
    let phone: String
  }

  /// The accounts whose sign-in is printed, then the others.
  static let all: [Person] = [
    person("admin", "Ada Martin", .admin, "Informatique", "Administratrice systèmes", "01 55 01 02 01"),
    person("lea", "L\u{E9}a Dubois", .employee, "Formation", "Formatrice réseaux", "01 55 01 02 02"),
    person("sam", "Sam Carter", .employee, "Formation", "Formateur Linux", "01 55 01 02 03", .en),
    person("claire", "Claire Moreau", .moderator, "Direction", "Directrice des études", "01 55 01 02 10"),
    person("hugo", "Hugo Lefèvre", .employee, "Informatique", "Technicien", "01 55 01 02 11"),
    person("nadia", "Nadia Benali", .employee, "Ressources humaines", "Responsable RH", "01 55 01 02 12"),
    person("paul", "Paul Girard", .employee, "Formation", "Formateur sécurité", "01 55 01 02 13"),
    person("ines", "Inès Petit", .employee, "Accueil", "Chargée d’accueil", "01 55 01 02 14"),
    person("marc", "Marc Fontaine", .employee, "Informatique", "Développeur", "01 55 01 02 15"),
    person("sofia", "Sofia Rossi", .employee, "Communication", "Chargée de communication", "01 55 01 02 16"),
    person("yann", "Yann Le Goff", .employee, "Logistique", "Responsable des salles", "01 55 01 02 17"),
    person("amina", "Amina Diallo", .employee, "Ressources humaines", "Assistante RH", "01 55 01 02 18"),
  ]

  private static func person(
    _ username: String, _ name: String, _ role: Role, _ department: String, _ position: String,
    _ phone: String, _ language: Language = .fr
  ) -> Person {
    Person(
      username: username, name: name, role: role, language: language, department: department,
      position: position, phone: phone)
  }

  let appliance: Appliance

  /// Creates those that do not exist; they all have the same password.
  func run(password: String) async throws {
    let missing = try await appliance.database.read { connection in
      try Self.all.filter {
        try connection.scalar("SELECT 1 FROM users WHERE username = ?", $0.username) == nil
      }
    }
    guard !missing.isEmpty else { return }
    let hash = try await appliance.passwords.hasher.hash(password)
    try await appliance.database.write { [sessions = appliance.sessions] tx in
      for person in missing {
        var account = NewAccount([:], language: person.language)
        account.username = person.username
        account.name = person.name
        account.email = "\(person.username)@obox.demo"
        account.role = person.role
        account.department = person.department
        account.position = person.position
        account.phone = person.phone
        let made = try account.insert(hash: hash, in: tx)
        try sessions.refresh(made.id, in: tx)
      }
    }
  }
}
