import HTTP
import Store

/// A forum with some conversations. Created once.
struct DemoForum {
  private struct Category {
    let name: String
    let description: String
    let icon: String
    let color: String
  }

  private struct Topic {
    let category: Int
    let title: String
    var tags: [String] = []
    var isPinned = false
    /// Author and text; the first post is the topic's own.
    let posts: [(author: String, text: String)]
    /// The post that solved it.
    var solution: Int?
    /// Reactions to the first reply: who, and which.
    var reactions: [(person: String, kind: String)] = []
    /// Hours before now.
    let age: Int64
  }

  let appliance: Appliance

  func run() async throws {
    let plan = try await planOfRoof()
    try await appliance.database.write { tx in
      var people: [String: Account] = [:]
      for name in ["admin", "claire", "lea", "sam"] { people[name] = try Account.find(login: name, in: tx) }
      guard people.count == 4 else { return }
      var categories: [Int64] = []
      for (place, category) in Self.categories.enumerated() {
        categories.append(try insert(category, at: place, in: tx))
      }
      // Oldest first, so that the numbers are in the order of the times.
      for topic in Self.topics { try insert(topic, in: categories, people, tx) }
      if let plan, let author = people[Self.planner] { try show(plan, by: author, in: tx) }
    }
  }

  private static let planner = "sam"

  /// The address of a picture for the topic about the roof.
  private func planOfRoof() async throws -> String? {
    let owner = try await appliance.database.read { try Account.find(login: Self.planner, in: $0) }
    guard let owner else { return nil }
    let store = UploadStore(database: appliance.database, quotas: appliance.quotas)
    return try await store.keep(NewUpload(DemoPicture.plan.png, name: "plan-du-toit.png"), by: owner.id)
      .fileUrl
  }

  private func show(_ file: String, by author: Account, in tx: Transaction) throws {
    let post = try tx.scalar(
      "SELECT id FROM forum_posts WHERE author_id = ? AND is_first = 1 ORDER BY id LIMIT 1", author.id)
    if let post { try AttachedFiles.tie([file], to: ForumPost.resource, post, by: author, in: tx) }
  }

  private func insert(_ category: Category, at place: Int, in tx: Transaction) throws -> Int64 {
    try tx.execute(
      """
      INSERT INTO forum_categories (name, description, icon, color, is_visible, sort_order, moderator_ids, permissions,
        created_at, updated_at) VALUES (?, ?, ?, ?, 1, ?, '[]', '[]', ?, ?)
      """, category.name, category.description, category.icon, category.color, place + 1, tx.now, tx.now)
    return tx.lastInsertedID
  }

  private func insert(
    _ topic: Topic, in categories: [Int64], _ people: [String: Account], _ tx: Transaction
  ) throws {
    guard let first = topic.posts.first, let author = people[first.author] else { return }
    var at = tx.now - topic.age * 3_600_000
    let number = try ForumFeature.nextNumber(in: tx)
    var tags = JSONWriter()
    tags.value(.array(topic.tags.map(JSONValue.string)))
    try tx.execute(
      """
      INSERT INTO forum_topics (category_id, author_id, author_name, title, description, is_sticky, is_pinned,
        is_locked, is_announcement, tags, status, number, activity, created_at, updated_at)
      VALUES (?, ?, ?, ?, '', 0, ?, 0, 0, ?, 'published', ?, ?, ?, ?)
      """, categories[topic.category], author.id, author.name, topic.title, topic.isPinned,
      String(decoding: tags.bytes, as: UTF8.self), number, number, at, at)
    let id = tx.lastInsertedID
    try tx.execute(
      "INSERT INTO forum_topic_follows (topic_id, user_id, is_on) VALUES (?, ?, 1)", id, author.id)
    var posts: [Int64] = []
    for post in topic.posts {
      guard let author = people[post.author] else { continue }
      try tx.execute(
        """
        INSERT INTO forum_posts (topic_id, author_id, author_name, content, html, is_first, status, number, created_at,
          updated_at) VALUES (?, ?, ?, ?, ?, ?, 'published', ?, ?, ?)
        """, id, author.id, author.name, post.text, Markdown.html(post.text), posts.isEmpty,
        try ForumFeature.nextNumber(in: tx), at, at)
      posts.append(tx.lastInsertedID)
      at += 1_700_000
    }
    if let solution = topic.solution {
      try tx.execute("UPDATE forum_topics SET solution_id = ? WHERE id = ?", posts[solution], id)
    }
    for reaction in topic.reactions where posts.count > 1 {
      try tx.execute(
        "INSERT INTO forum_reactions (post_id, user_id, kind, created_at) VALUES (?, ?, ?, ?)", posts[1],
        people[reaction.person]?.id, reaction.kind, at)
    }
  }

  private static let categories = [
    Category(
      name: "Vie du laboratoire", description: "Ce qui concerne tout le monde.", icon: "🏛️", color: "#3B82F6"),
    Category(
      name: "Entraide technique", description: "Une question, une panne, une astuce.", icon: "🛠️",
      color: "#10B981"),
    Category(
      name: "Idées et projets", description: "Proposez, discutez, améliorez.", icon: "💡", color: "#F59E0B"),
  ]

  private static let topics = [
    Topic(
      category: 0, title: "Bienvenue sur le forum", tags: ["forum"], isPinned: true,
      posts: [
        (
          "admin",
          """
          Ici, on pose ses questions et on partage ce que l’on sait.

          - Un sujet par question, avec un titre clair.
          - La mise en forme **Markdown** est possible : `code`, listes, tableaux, citations.
          - Quand une réponse règle votre problème, marquez-la comme **solution**.

          Bonnes discussions !
          """
        ),
        ("lea", "Merci ! Les notifications arrivent aussi par e-mail ?"),
        ("claire", "Oui, selon vos préférences, dans **Notifications**."),
      ], age: 200),
    Topic(
      category: 2, title: "Un potager sur le toit ?", tags: ["potager"],
      posts: [
        ("sam", "The roof terrace is empty most of the year. Who would help with a few raised beds?"),
        ("lea", "Moi ! Tomates, basilic, et des fraises pour la pause."),
        ("claire", "Il faut demander l’accord de la sécurité ; je m’en charge."),
      ], reactions: [("sam", "love"), ("claire", "like")], age: 90),
    Topic(
      category: 1, title: "SSH : « Permission denied (publickey) »", tags: ["ssh", "machines"],
      posts: [
        (
          "lea",
          """
          Depuis ce matin, ma machine refuse ma clé :

          ```
          $ ssh -p 2201 debian@lab.example
          debian@lab.example: Permission denied (publickey).
          ```

          La clé n’a pas changé. Une idée ?
          """
        ),
        (
          "sam",
          """
          Check the permissions on the key file, `ssh` refuses keys that others can read:

          ```
          chmod 600 ~/.ssh/id_ed25519
          ```
          """
        ),
        ("lea", "C’était ça, merci @sam !"),
      ], solution: 1, reactions: [("lea", "like"), ("claire", "like"), ("admin", "love")], age: 30),
    Topic(
      category: 1, title: "Quelle distribution pour un petit serveur web ?", tags: ["debian"],
      posts: [
        ("sam", "Debian or something lighter for a static site with a few hundred visits a day?"),
        (
          "admin",
          """
          | Image | Mémoire au repos | Mises à jour |
          |---|---|---|
          | Debian 12 | 90 Mo | 5 ans |
          | Alpine | 45 Mo | 2 ans |

          Pour débuter, Debian : la documentation est bien plus riche.
          """
        ),
      ], reactions: [("sam", "like")], age: 6),
  ]
}
