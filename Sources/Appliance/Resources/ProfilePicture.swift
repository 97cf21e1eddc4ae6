import HTTP
import Store

/// The picture of an account: an upload that every signed-in account may read, or an external URL.
enum ProfilePicture {
  /// The resource that the uploads are attached to.
  static let resource = "users"
  private static let field = "avatar"

  static let readers: [String: ResourceFiles.Reader] = [resource: { _, account, _, _ in account != nil }]

  /// Attaches the upload at a URL to an account, and detaches the previous one. Throws 400 if it is not a
  /// picture, or neither the actor's own nor the account's picture already.
  static func attach(_ address: String, to person: Int64, by actor: Account, in tx: Transaction) throws {
    guard let key = UploadedFile.key(in: address) else {
      try tx.execute("DELETE FROM resource_files WHERE resource = ? AND row_id = ?", resource, person)
      return
    }
    guard let upload = try ResourceFiles.upload(key, for: actor, of: resource, person, in: tx),
      try tx.scalar("SELECT 1 FROM uploads WHERE id = ? AND type LIKE 'image/%'", upload) != nil
    else { throw Failure.invalid([noPicture]) }
    try ResourceFiles.tie(upload, to: resource, person, field, in: tx)
  }

  private static let noPicture = FieldError(
    field, "NOT_A_PICTURE",
    Sentence(
      fr: "Image introuvable. Envoyez-la de nouveau, au format PNG, JPEG ou WebP.",
      en: "Picture not found. Upload it again as PNG, JPEG or WebP."))

  struct One: Sendable {
    let person: Int64
    let address: String
  }

  /// The most pictures in one response.
  static let most = 5000
  static let listSQL = """
    SELECT id, avatar FROM users WHERE avatar <> '' AND (is_active = 1 AND is_approved = 1 OR ?) ORDER BY id LIMIT ?
    """

  /// The pictures of all accounts; those of deactivated and unapproved ones only for managers of accounts.
  static func all(forManager isManager: Bool, in connection: Connection) throws -> [One] {
    try connection.query(listSQL, isManager, most) { One(person: $0.int64(0), address: $0.text(1)) }
  }
}
