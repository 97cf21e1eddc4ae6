import HTTP
import Store

/// Internal messages of the demo: read and unread, a conversation, one with several recipients, a draft.
struct DemoMessages {
  private struct Letter {
    let from: String
    let to: [String]
    let hours: Int64
    let subject: String
    let content: String
    var isRead = true
    /// Whether it replies to the previous message of the list.
    var isAnswer = false
    var labels: [String] = []
  }

  let appliance: Appliance

  private static let letters = [
    Letter(
      from: "nadia", to: ["lea", "sam", "admin", "hugo"], hours: 190, subject: "Entretiens annuels",
      content: """
        Bonjour à tous,

        Les entretiens annuels auront lieu dans les trois prochaines semaines. Choisissez un créneau dans l’agenda et
        préparez une page sur vos projets de l’année.

        Merci !
        Nadia
        """, labels: ["RH"]),
    Letter(
      from: "lea", to: ["yann"], hours: 76, subject: "Salle B204 jeudi",
      content:
        "Bonjour Yann,\n\nLa salle B204 est-elle libre jeudi après-midi pour le TP réseaux ? Nous serons 18.\n\nLéa"
    ),
    Letter(
      from: "yann", to: ["lea"], hours: 74, subject: "Re : Salle B204 jeudi",
      content: "Bonjour Léa,\n\nElle est à toi de 13 h 30 à 17 h 30. Le vidéoprojecteur est réparé.\n\nYann",
      isAnswer: true),
    Letter(
      from: "lea", to: ["yann"], hours: 73, subject: "Re : Salle B204 jeudi",
      content: "Parfait, merci beaucoup !", isAnswer: true, labels: []),
    Letter(
      from: "claire", to: ["lea", "paul", "sam"], hours: 50, subject: "Programme du prochain semestre",
      content: """
        Bonjour,

        Pourriez-vous m’envoyer avant vendredi la liste des travaux pratiques du prochain semestre, avec le nombre de
        machines dont chacun a besoin ? Je prépare les quotas avec Ada.

        Claire
        """, labels: ["Formation"]),
    Letter(
      from: "hugo", to: ["admin"], hours: 27, subject: "Stockage de l’hôte",
      content:
        "Il reste 30 % du disque. Je propose de supprimer les machines arrêtées depuis plus de trois mois. D’accord ?",
      isRead: false),
    Letter(
      from: "paul", to: ["lea"], hours: 20, subject: "TP pare-feu",
      content: "J’ai ajouté deux questions à la fin du TP pare-feu. Peux-tu les relire avant demain ?",
      isRead: false),
    Letter(
      from: "sofia", to: ["lea", "sam", "admin", "claire"], hours: 4, subject: "Photos des portes ouvertes",
      content:
        "Les photos des portes ouvertes sont prêtes. Dites-moi si l’une d’elles ne doit pas être publiée.\n\nSofia",
      isRead: false),
  ]

  func run() async throws {
    try await appliance.database.write { [quotas = appliance.quotas] tx in
      var last: Int64?
      for letter in Self.letters {
        guard let sender = try Account.find(login: letter.from, in: tx) else { continue }
        let people = try letter.to.compactMap { try Account.find(login: $0, in: tx)?.id }
        var body: [String: JSONValue] = [
          "recipientIds": .array(people.map(JSONValue.integer)), "subject": .string(letter.subject),
          "content": .string(letter.content),
        ]
        if letter.isAnswer, let last { body["replyToId"] = .integer(last) }
        let id = try NewInternalMessage(.object(body)).insert(by: sender, quotas: quotas, in: tx)
        try Self.place(letter, id, in: tx)
        last = id
      }
      try Self.draft(in: tx)
    }
  }

  /// Sets the time of a message, and when it was read.
  private static func place(_ letter: Letter, _ id: Int64, in tx: Transaction) throws {
    let time = tx.now - letter.hours * 3_600_000
    try tx.execute("UPDATE messages SET created_at = ? WHERE id = ?", time, id)
    guard letter.isRead else { return }
    for table in ["message_recipients", "message_copies"] {
      try tx.execute("UPDATE \(table) SET read_at = ? WHERE message_id = ?", time + 1_800_000, id)
    }
    guard !letter.labels.isEmpty else { return }
    var labels = JSONWriter()
    labels.value(.array(letter.labels.map(JSONValue.string)))
    try tx.execute(
      "UPDATE message_copies SET labels = ? WHERE message_id = ? AND folder = 'inbox'",
      String(decoding: labels.bytes, as: UTF8.self), id)
  }

  private static func draft(in tx: Transaction) throws {
    guard let lea = try Account.find(login: "lea", in: tx),
      let claire = try Account.find(login: "claire", in: tx)
    else { return }
    try tx.execute(
      """
      INSERT INTO message_drafts (user_id, recipients, subject, content, created_at, updated_at)
      VALUES (?, ?, ?, ?, ?, ?)
      """, lea.id, "[\(claire.id)]", "Re : Programme du prochain semestre",
      "Bonjour Claire,\n\nVoici la liste des travaux pratiques :\n- TP 1 : adresses, 18 machines\n- ", tx.now,
      tx.now)
  }
}
