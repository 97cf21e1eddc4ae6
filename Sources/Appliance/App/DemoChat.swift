import HTTP
import Store

/// Posts a short conversation for demo installations, once.
struct DemoChat {
  let appliance: Appliance

  func run() async throws {
    let chat = appliance.chat
    try await appliance.database.write { tx in
      guard try tx.scalar("SELECT 1 FROM channels WHERE kind = 'public' AND name_key = fold('réseau')") == nil
      else { return }
      guard let ada = try Account.find(login: "admin", in: tx),
        let lea = try Account.find(login: "lea", in: tx),
        let sam = try Account.find(login: "sam", in: tx)
      else { return }
      let network = try channel(
        "public", "réseau", "Le TP de jeudi : adresses, ports et pare-feu", ada, in: tx)
      for person in [ada, lea, sam] {
        try tx.execute(
          "INSERT INTO channel_members (channel_id, user_id, role, joined_at) VALUES (?, ?, ?, ?)", network,
          person.id, person.id == ada.id ? "admin" : "member", tx.now)
      }
      try chat.directory.refresh(network, in: tx)
      let general = chat.directory.general
      let said: [(Int64, Account, String)] = [
        (general, ada, "Bienvenue ! Chacun peut créer trois machines ; la clé arrive par e-mail. 📮"),
        (general, sam, "Thanks! Is there a way to open port 80 of my machine?"),
        (
          general, lea, "@sam oui : `ssh -L 8080:localhost:80` par le port affiché sur la page de la machine."
        ),
        (
          network, ada,
          "Pour jeudi, préparez **deux** machines :\n- `passerelle` : petite\n- `client` : minuscule"
        ),
        (network, lea, "Voici de quoi vérifier :\n```\nip -brief address\nping -c 3 10.77.0.1\n```"),
        (network, sam, "Works for me 🎉"),
      ]
      for (channel, author, text) in said {
        _ = try chat.post(Draft(text: text), to: channel, by: author, in: tx)
      }
    }
  }

  private func channel(
    _ kind: String, _ name: String, _ topic: String, _ owner: Account, in tx: Transaction
  ) throws -> Int64 {
    try tx.execute(
      """
      INSERT INTO channels (kind, name, topic, created_by, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?)
      """, kind, name, topic, owner.id, tx.now, tx.now)
    return tx.lastInsertedID
  }
}
