import HTTP

extension TestClient {
  /// What somebody was told, the newest first: kind, title and how many were put together.
  func notices() async throws -> [String] {
    try await get("/api/notifications").json.array?.map { item in
      "\(item["kind"]?.string ?? "") \(item["count"]?.int64 ?? 0) \(item["title"]?.string ?? "")"
    } ?? []
  }

  /// How much of it is unread.
  func unread() async throws -> String? { try await get("/api/notifications").headers["x-unread-count"] }
}
