struct ImageLibrary: Sendable {
  enum Format: String, Sendable { case qcow2, raw }
  struct Image: Sendable {
    let osType: String, version: String, path: String, displayName: String, size: Int64, format: Format
  }
  init(folder: String) {}
  func images() -> [Image] { [] }
  func image(osType: String, version: String) throws -> Image { throw JobFailure(code: "IMAGE_MISSING") }
  func identity(of: Image) async throws -> String { "" }
}
