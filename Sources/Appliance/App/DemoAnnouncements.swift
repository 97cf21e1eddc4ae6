import HTTP
import Store

/// Announcements of a fictional organisation, with comments. Created once.
struct DemoAnnouncements {
  private struct Example {
    let title: String
    let content: String
    var type = "info"
    var icon = "📢"
    /// Hours before now.
    var age: Int64
    var isImportant = false
    var isPinned = false
    var isPublic = false
    var status = "published"
    var requiresConfirmation = false
    var audience = "[]"
  }

  let appliance: Appliance

  func run() async throws {
    try await appliance.database.write { tx in
      guard let ada = try Account.find(login: "admin", in: tx),
        let lea = try Account.find(login: "lea", in: tx),
        let sam = try Account.find(login: "sam", in: tx)
      else { return }
      var ids: [Int64] = []
      // Oldest first, so that the ids are in the order of the times.
      for example in Self.examples.reversed() { ids.insert(try insert(example, by: ada, in: tx), at: 0) }
      for (place, person, text) in [
        (0, lea, "Le point de rassemblement est toujours devant la bibliothèque ?"),
        (0, ada, "Oui, comme l’an dernier."), (1, sam, "See you there! I will bring the coffee ☕"),
      ] {
        try tx.execute(
          "INSERT INTO comments (resource, row_id, author_id, text, created_at) VALUES (?, ?, ?, ?, ?)",
          "announcements", ids[place], person.id, text, tx.now - 3_600_000)
      }
      try tx.execute(
        """
        INSERT INTO read_confirmations (resource, row_id, edition, user_id, version, confirmed_at)
        VALUES ('announcements', ?, 1, ?, '', ?)
        """, ids[0], sam.id, tx.now - 1_800_000)
    }
  }

  private func insert(_ example: Example, by author: Account, in tx: Transaction) throws -> Int64 {
    let at = tx.now - example.age * 3_600_000
    let isLater = example.age < 0
    try tx.execute(
      """
      INSERT INTO announcements (title, content, type, author_id, image_url, icon, is_important, is_pinned, is_public,
        status, publish_at, audience, requires_confirmation, allows_comments, edition, announced_at, created_at,
        updated_at)
      VALUES (?, ?, ?, ?, '', ?, ?, ?, ?, ?, ?, ?, ?, 1, 1, ?, ?, ?)
      """, example.title, example.content, example.type, author.id, example.icon, example.isImportant,
      example.isPinned, example.isPublic, example.status, isLater ? at : nil, example.audience,
      example.requiresConfirmation, isLater || example.status == "draft" ? nil : at, min(at, tx.now),
      min(at, tx.now))
    return tx.lastInsertedID
  }

  private static let examples = [
    Example(
      title: "Exercice d’évacuation jeudi à 10 h",
      content: """
        Un exercice d’évacuation aura lieu **jeudi à 10 h** dans tous les bâtiments.

        - À la sirène, quittez votre poste sans rien emporter.
        - Rejoignez le point de rassemblement devant la bibliothèque.
        - Attendez que votre responsable vous ait compté.

        Merci de confirmer que vous avez lu ces consignes.
        """, type: "important", icon: "🚨", age: 5, isImportant: true, isPinned: true,
      requiresConfirmation: true),
    Example(
      title: "Petit déjeuner de rentrée",
      content: """
        Venez rencontrer les nouveaux arrivants autour d’un café, **lundi de 8 h 30 à 9 h 30** en salle Ada Lovelace.

        Viennoiseries offertes ; dites-nous en commentaire si vous venez.
        """, type: "event", icon: "🥐", age: 28),
    Example(
      title: "Portes ouvertes du laboratoire",
      content: """
        Le laboratoire ouvre ses portes au public **samedi de 10 h à 17 h** : démonstrations de réseau, visite de la \
        salle des machines et ateliers pour tous les âges. Entrée libre.
        """, type: "event", icon: "🔬", age: 50, isPublic: true),
    Example(
      title: "Formation\u{a0}: premiers pas sous Debian",
      content: """
        Deux demi-journées pour installer une machine, s’y connecter par SSH et y publier un site. Douze places ; \
        inscription auprès d’Ada Martin.
        """, type: "formation", icon: "🎓", age: 75),
    Example(
      title: "Horaires d’hiver de l’accueil",
      content: "À partir de lundi, l’accueil est ouvert de 8 h à 18 h, et le samedi de 9 h à 12 h.",
      icon: "🕗",
      age: 140, isPublic: true),
    Example(
      title: "Nouvelle charte des projets étudiants",
      content: "La charte entre en vigueur lundi prochain ; elle sera présentée en réunion d’équipe.",
      icon: "📝",
      age: -60),
    Example(
      title: "Bilan du trimestre",
      content: "À compléter : chiffres des inscriptions, machines créées, temps d’attente moyen.", icon: "📊",
      age: 2, status: "draft"),
  ]
}
