import HTTP
import Store

/// The accounts of the demo: a small school with a technical department.
struct DemoPeople {
  struct Person {
    let username: String
    let name: String
    let role: Role
    let language: Language
    let department: String
    let position: String
    let phone: String
    var portrait: DemoPortrait?

    var email: String { "\(username)@obox.demo" }
  }

  /// The accounts that each start prints, then the others.
  static let all: [Person] = [
    person(
      "admin", "Ada Martin", .admin, "Informatique", "Administratrice systèmes", "01 55 01 02 01",
      looks: (1, 0, true)),
    person(
      "lea", "L\u{E9}a Dubois", .employee, "Formation", "Formatrice réseaux", "01 55 01 02 02",
      looks: (0, 3, true)),
    person(
      "sam", "Sam Carter", .employee, "Formation", "Formateur Linux", "01 55 01 02 03", .en,
      looks: (2, 1, false)),
    person(
      "claire", "Claire Moreau", .moderator, "Direction", "Directrice des études", "01 55 01 02 10",
      looks: (1, 2, true)),
    person(
      "hugo", "Hugo Lefèvre", .employee, "Informatique", "Technicien", "01 55 01 02 11", looks: (0, 0, false)),
    person(
      "nadia", "Nadia Benali", .employee, "Ressources humaines", "Responsable RH", "01 55 01 02 12",
      looks: (2, 1, true)),
    person(
      "paul", "Paul Girard", .employee, "Formation", "Formateur sécurité", "01 55 01 02 13",
      looks: (1, 1, false)),
    person(
      "ines", "Inès Petit", .employee, "Accueil", "Chargée d’accueil", "01 55 01 02 14", looks: (1, 4, true)),
    person("marc", "Marc Fontaine", .employee, "Informatique", "Développeur", "01 55 01 02 15"),
    person(
      "sofia", "Sofia Rossi", .employee, "Communication", "Chargée de communication", "01 55 01 02 16",
      looks: (1, 1, true)),
    person(
      "yann", "Yann Le Goff", .employee, "Logistique", "Responsable des salles", "01 55 01 02 17",
      looks: (0, 2, false)),
    person(
      "amina", "Amina Diallo", .employee, "Ressources humaines", "Assistante RH", "01 55 01 02 18",
      looks: (3, 1, true)),
  ]

  private static func person(
    _ username: String, _ name: String, _ role: Role, _ department: String, _ position: String,
    _ phone: String, _ language: Language = .fr, looks: (skin: Int, hair: Int, isLong: Bool)? = nil
  ) -> Person {
    Person(
      username: username, name: name, role: role, language: language, department: department,
      position: position, phone: phone,
      portrait: looks.map {
        DemoPortrait(
          skin: $0.skin, hair: $0.hair, isLong: $0.isLong,
          number: username.utf8.count + phone.utf8.reduce(0) { $0 + Int($1) })
      })
  }

  let appliance: Appliance

  /// Creates the missing accounts, all with the same password, and gives a picture to those that have none.
  func run(password: String) async throws {
    try await createMissing(password: password)
    let plain = try await appliance.database.read { connection in
      try Self.all.filter {
        try connection.scalar(
          "SELECT avatar = '' FROM users WHERE username = ? AND email = ?", $0.username, $0.email) == 1
      }
    }
    for person in plain {
      if let portrait = person.portrait { try await give(portrait, to: person.username) }
    }
  }

  private func createMissing(password: String) async throws {
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
        account.email = person.email
        account.role = person.role
        account.department = person.department
        account.position = person.position
        account.phone = person.phone
        let made = try account.insert(hash: hash, in: tx)
        try sessions.refresh(made.id, in: tx)
      }
    }
  }

  private func give(_ portrait: DemoPortrait, to username: String) async throws {
    let database = appliance.database
    guard let account = try await database.read({ try Account.find(login: username, in: $0) }) else { return }
    let upload = try NewUpload(portrait.png, name: "\(username).png")
    let file = try await UploadStore(database: database, quotas: appliance.quotas).keep(
      upload, by: account.id)
    try await database.write { [sessions = appliance.sessions] tx in
      try ProfilePicture.attach(file.fileUrl, to: account.id, by: account, in: tx)
      try tx.execute("UPDATE users SET avatar = ? WHERE id = ?", file.fileUrl, account.id)
      try sessions.refresh(account.id, in: tx)
    }
  }
}
