/// A post that is not written yet.
struct ForumDraft: Sendable {
  let content: String
  let html: String
  var isFirst = false
  var quoted: Int64?
  /// The addresses of uploads.
  var files: [String] = []
}
