import HTTP
import Store

/// Documents of a fictional organisation, with real PDF files in several versions. Created once.
struct DemoDocuments {
  private struct Example {
    let title: String
    let description: String
    let category: String
    let file: String
    /// The versions, oldest first: label, note about the change, and paragraphs.
    let versions: [(version: String, note: String, text: [String])]
    var requiresConfirmation = false
    /// Whether the last version waits for Ada's approval.
    var waits = false
    /// Days from now.
    var review: Int64?
  }

  let appliance: Appliance

  func run() async throws {
    let people = try await appliance.database.read { connection -> (ada: Account, lea: Account)? in
      guard let ada = try Account.find(login: "admin", in: connection),
        let lea = try Account.find(login: "lea", in: connection)
      else { return nil }
      return (ada, lea)
    }
    guard let (ada, lea) = people else { return }
    for (age, example) in Self.examples.enumerated() {
      try await make(example, age: Int64(age), by: ada, lea)
    }
  }

  private func make(_ example: Example, age: Int64, by ada: Account, _ lea: Account) async throws {
    let store = UploadStore(database: appliance.database, quotas: appliance.quotas)
    var urls: [String] = []
    let author = example.waits ? lea : ada
    for version in example.versions {
      let upload = try NewUpload(
        Self.pdf(example.title, version.version, version.text), name: example.file)
      urls.append(try await store.keep(upload, by: author.id).fileUrl)
    }
    let versions = DocumentVersions(resource: Documents.table, services: appliance.intranet)
    try await appliance.database.write { [urls] tx in
      let at = tx.now - (age * 9 + 3) * 86_400_000
      try tx.execute(
        """
        INSERT INTO documents (title, description, category, file_name, file_url, version, is_public, has_multimedia,
          audience, requires_confirmation, approver_id, owner_id, review_at, author_id, created_at, updated_at)
        VALUES (?, ?, ?, ?, ?, ?, 1, 0, '[]', 0, NULL, ?, ?, ?, ?, ?)
        """, example.title, example.description, example.category, example.file, urls.first ?? "",
        example.versions.first?.version ?? "1.0", author.id,
        example.review.map { tx.now + $0 * 86_400_000 }, author.id, at, at)
      let id = tx.lastInsertedID
      for (index, version) in example.versions.enumerated() where urls.indices.contains(index) {
        guard let row = try Documents.table.row(id, as: author, in: tx) else { continue }
        let file = DocumentVersions.File(
          url: urls[index], name: example.file, version: version.version, note: version.note)
        let isLast = index + 1 == example.versions.count
        if isLast, example.waits {
          try tx.execute("UPDATE documents SET approver_id = ? WHERE id = ?", ada.id, id)
        }
        guard let row = try Documents.table.row(row.id, as: author, in: tx) else { continue }
        let waits = isLast && example.waits
        if !waits { try versions.publish(file, in: row, by: author, in: tx) }
        try versions.add(file, to: row, waits ? .pending : .published, by: author, in: tx)
        try tx.execute(
          "UPDATE document_versions SET created_at = ?, downloads = ? WHERE document_id = ? AND number = ?",
          at - Int64(example.versions.count - index - 1) * 40 * 86_400_000, (7 * index + 5) % 12, id,
          index + 1)
      }
      try tx.execute(
        "UPDATE documents SET requires_confirmation = ?, updated_at = ? WHERE id = ?",
        example.requiresConfirmation, at, id)
      if example.requiresConfirmation { try versions.askToRead(id, by: ada, in: tx) }
    }
  }

  private static func pdf(_ title: String, _ version: String, _ text: [String]) -> [UInt8] {
    var pdf = PDFText()
    pdf.title(title)
    pdf.paragraph("Version \(version)")
    for paragraph in text {
      if paragraph.hasBytes(prefix: "# ") {
        pdf.heading(String(paragraph.utf8.dropFirst(2)) ?? "")
      } else {
        pdf.paragraph(paragraph)
      }
    }
    return pdf.bytes
  }

  private static let examples = [
    Example(
      title: "Règlement intérieur", description: "Les règles de vie de la maison, pour tous.",
      category: "regulation", file: "reglement-interieur.pdf",
      versions: [
        (
          "1.0", "Première version",
          ["# Horaires", "Les locaux sont ouverts de 7 h 30 à 20 h.", "# Badges", "Le badge est personnel."]
        ),
        (
          "2.0", "Horaires étendus, visiteurs",
          [
            "# Horaires", "Les locaux sont ouverts de 7 h à 21 h, le samedi de 9 h à 13 h.", "# Badges",
            "Le badge est personnel. Une perte se signale le jour même à l’accueil.", "# Visiteurs",
            "Chaque visiteur est annoncé à l’accueil et accompagné.",
          ]
        ),
      ], requiresConfirmation: true),
    Example(
      title: "Charte informatique",
      description: "Usage des machines, du réseau et des données.", category: "policy",
      file: "charte-informatique.pdf",
      versions: [
        (
          "1.0", "Première version",
          [
            "# Comptes", "Un compte est personnel ; un mot de passe ne se partage jamais.", "# Machines",
            "Chacun crée ses propres machines, dans la limite de son quota, et supprime celles qui ne servent plus.",
            "# Données", "Les données personnelles restent sur les machines de la maison.",
          ]
        )
      ], review: 5),
    Example(
      title: "Guide\u{a0}: se connecter à sa machine par SSH",
      description: "De la création de la machine à la première connexion.", category: "guide",
      file: "guide-ssh.pdf",
      versions: [
        (
          "1.0", "Première version",
          [
            "Créez une machine, puis enregistrez la clé reçue par e-mail.",
            "Dans un terminal : chmod 600 cle.pem, puis la commande affichée sur la page de la machine.",
          ]
        ),
        (
          "1.1", "Windows ajouté",
          [
            "Créez une machine, puis enregistrez la clé reçue par e-mail.",
            "Sous Linux et macOS : chmod 600 cle.pem, puis la commande affichée sur la page de la machine.",
            "Sous Windows : ouvrez PowerShell dans le dossier de la clé et collez la même commande.",
          ]
        ),
      ]),
    Example(
      title: "Procédure\u{a0}: demande de matériel",
      description: "Qui demande, qui valide, en combien de temps.", category: "procedure",
      file: "demande-materiel.pdf",
      versions: [
        (
          "1.0", "Première version",
          ["La demande est déposée dans la rubrique Demandes, puis validée par le responsable du service."]
        ),
        (
          "2.0", "Délai ramené à cinq jours",
          [
            "La demande est déposée dans la rubrique Demandes, puis validée par le responsable du service.",
            "La réponse est donnée en cinq jours ouvrés.",
          ]
        ),
      ], waits: true),
  ]
}
