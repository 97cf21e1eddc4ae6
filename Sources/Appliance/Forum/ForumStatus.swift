import HTTP

/// Whether a topic or a post is published.
enum ForumStatus: String, Sendable, CaseIterable {
  case pending, published, rejected

  static let schema = Schema.words(ForumStatus.self)
}

/// The ways to react to a post; each person has at most one on a post.
enum ForumReaction: String, Sendable, CaseIterable {
  case like, love, laugh, angry

  static let schema = Schema.words(ForumReaction.self)

  /// How often each was given, in the order of the cases.
  struct Counts: Sendable {
    var like: Int64 = 0
    var love: Int64 = 0
    var laugh: Int64 = 0
    var angry: Int64 = 0

    static let schema = Schema.members([
      "like": .integer, "love": .integer, "laugh": .integer, "angry": .integer,
    ])

    func write(to json: inout JSONWriter) {
      json.object("reactions") { json in
        json.field("like", like)
        json.field("love", love)
        json.field("laugh", laugh)
        json.field("angry", angry)
      }
    }
  }

  /// The word in a body; `like` when there is none. Throws 400 for another one.
  static func read(_ body: JSONValue) throws(Failure) -> ForumReaction {
    guard let value = body["reactionType"], !value.isNull else { return .like }
    guard let reaction = value.string.flatMap(ForumReaction.init) else {
      let words = allCases.map(\.rawValue).joined(separator: ", ")
      throw .invalid([
        FieldError(
          "reactionType", "UNKNOWN_CHOICE",
          Sentence(fr: "Choisissez parmi\u{a0}: \(words).", en: "Choose one of: \(words)."))
      ])
    }
    return reaction
  }
}

/// Refusals of the forum.
enum ForumFailure {
  static let locked = Failure(
    409, "TOPIC_LOCKED",
    Sentence(
      fr: "Ce sujet est fermé\u{a0}: on ne peut plus y répondre.",
      en: "This topic is locked: no more replies can be added."))
  static let notPublished = Failure(
    409, "NOT_PUBLISHED",
    Sentence(fr: "Ce sujet n’est pas encore publié.", en: "This topic has not been published yet."))
  static let firstPost = Failure(
    409, "FIRST_POST",
    Sentence(
      fr: "C’est le premier message du sujet. Supprimez plutôt le sujet.",
      en: "This is the first post of the topic. Delete the topic instead."))
  static let firstPostExists = Failure(
    409, "FIRST_POST_EXISTS",
    Sentence(fr: "Ce sujet a déjà un premier message.", en: "This topic already has a first post."))
  static let ownPost = Failure(
    409, "OWN_POST", Sentence(fr: "C’est votre propre message.", en: "This is your own post."))
  static let decided = Failure(
    409, "ALREADY_DECIDED",
    Sentence(fr: "Quelqu’un d’autre a déjà décidé.", en: "Someone else has already decided."))
  static let answered = Failure(
    409, "TOPIC_HAS_REPLIES",
    Sentence(
      fr: "Ce sujet a des réponses\u{a0}: seul un modérateur peut le supprimer.",
      en: "This topic has replies: only a moderator can delete it."))

  static let firstPostStays = Failure(
    409, "FIRST_POST",
    Sentence(
      fr: "Le premier message reste dans son sujet. Ne le choisissez pas.",
      en: "The first post stays in its topic. Do not choose it."))
  static let sameTopic = Failure(
    409, "SAME_TOPIC",
    Sentence(fr: "Choisissez un autre sujet que celui-ci.", en: "Choose another topic than this one."))
  static let notLive = Failure(
    409, "NOT_PUBLISHED",
    Sentence(
      fr: "Seuls des sujets publiés peuvent être fusionnés ou scindés.",
      en: "Only published topics can be merged or split."))
  static let tooManyPosts = Failure(
    409, "TOO_MANY_POSTS",
    Sentence(
      fr: "Ce sujet est trop long pour être déplacé. Fusionnez plutôt l’autre sujet dans celui-ci.",
      en: "This topic is too long to be moved. Merge the other topic into this one instead."))

  static func unknown(_ field: String) -> Failure {
    .invalid([
      FieldError(
        field, "UNKNOWN_REFERENCE", Sentence(fr: "Cet élément n’existe pas.", en: "There is no such item."))
    ])
  }

  /// Throws 412 if the row has changed since the client read it.
  static func check(_ tag: String, _ request: Request) throws(Failure) {
    guard let tags = request.headers["if-match"], tags != "*" else { return }
    guard !tags.split(byte: ",").contains(where: { String($0).trimmed() == tag }) else { return }
    throw Failure(
      412, "CHANGED_MEANWHILE",
      Sentence(
        fr: "Quelqu’un d’autre a modifié ce contenu. Vérifiez-le, puis recommencez.",
        en: "Someone else has changed this. Check it and try again."), headers: [("ETag", tag)])
  }
}
