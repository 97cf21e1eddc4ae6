/// The version that every answer, page and command names.
enum Version {
  static let text = "0.1.0"
}
