import HTTP
import Store

/// The name and the logo of the organisation.
extension SystemSettings {
  /// In bytes; it becomes part of each certificate.
  static let largestLogo: Int64 = 1 << 20
  /// In pixels, each way.
  private static let widestLogo = 2_000
  private static let resource = "system-settings"
  /// The name where none is set.
  private static let nameless = "OBox"

  /// The name of the organisation as of a transaction.
  static func organisation(in connection: Connection) throws -> String {
    let stored = try connection.first(
      "SELECT value FROM system_settings WHERE name = ?", organisationName.name
    ) { JSONValue(parsing: $0.text(0))?.string ?? "" }
    return stored.flatMap { $0.isEmpty ? nil : $0 } ?? nameless
  }

  /// The logo is public: it is on every certificate.
  static let fileReaders: [String: ResourceFiles.Reader] = [resource: { _, _, _, _ in true }]

  /// Keeps the upload of a new logo. Throws 400 unless it is a picture that certificates can have.
  static func attachLogo(_ value: Value, by actor: Account, in tx: Transaction) throws {
    guard case .text(let address) = value, !address.isEmpty else {
      try tx.execute("DELETE FROM resource_files WHERE resource = ? AND row_id = 1", resource)
      return
    }
    guard let key = UploadedFile.key(in: address),
      let upload = try ResourceFiles.upload(key, for: actor, of: resource, 1, in: tx),
      try tx.scalar(
        """
        SELECT 1 FROM uploads WHERE id = ? AND type IN ('image/png', 'image/jpeg') AND size <= ?
          AND width BETWEEN 1 AND ?3 AND height BETWEEN 1 AND ?3
        """, upload, largestLogo, widestLogo) != nil
    else { throw Failure.invalid([noLogo]) }
    try ResourceFiles.tie(upload, to: resource, 1, organisationLogo.name, in: tx)
  }

  private static let noLogo = organisationLogo.wrong(
    "NOT_A_LOGO",
    fr: "Envoyez une image PNG ou JPEG d’au plus 1 Mo et \(widestLogo) pixels de côté.",
    en: "Upload a PNG or JPEG picture of at most 1 MB and \(widestLogo) pixels a side.")
}
