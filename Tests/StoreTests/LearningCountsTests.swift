import Store
import Testing

/// What the migration makes of courses that were there before.
@Suite struct LearningCountsTests {
  private static let rows = """
    INSERT INTO users (id, username, name, created_at, updated_at)
      VALUES (1, 'lea', 'Lea', 1, 1);
    INSERT INTO courses (id, title, description, category, difficulty, duration, thumbnail_url, is_published,
      is_mandatory, prerequisites, tags, created_at, updated_at)
      VALUES (1, 'A', '', '', '', 0, '', 1, 0, '[]', '[]', 1, 1), (2, 'B', '', '', '', 0, '', 1, 0, '[]', '[]', 1, 1);
    INSERT INTO lessons (id, course_id, title, description, content, position, duration, video_url, document_url,
      is_required, deleted_at, created_at, updated_at)
      VALUES (1, 1, 'a', '', '', 1, 0, '', '', 1, NULL, 1, 1), (2, 1, 'b', '', '', 2, 0, '', '', 0, NULL, 1, 1),
        (3, 1, 'c', '', '', 3, 0, '', '', 1, 7, 1, 1);
    INSERT INTO enrollments (id, course_id, user_id, status, progress, time_spent, last_active_at, created_at, updated_at)
      VALUES (1, 1, 1, 'enrolled', 0, 0, 1, 1, 1), (2, 2, 1, 'enrolled', 0, 0, 1, 1, 1);
    INSERT INTO lesson_progress (enrollment_id, lesson_id, time_spent, playhead, completed_at)
      VALUES (1, 1, 0, 0, 5), (1, 2, 0, 0, NULL), (1, 3, 0, 0, 6);
    """

  private func counts(_ database: Database) async throws -> [Int64] {
    try await database.read { connection in
      try connection.query("SELECT lesson_count FROM courses ORDER BY id") { $0.int64(0) }
        + connection.query("SELECT done_count FROM enrollments ORDER BY id") { $0.int64(0) }
    }
  }

  @Test func `courses that are there are counted, and triggers go on from there`() async throws {
    let folder = try Folder()
    let old = try folder.open(migrations: Migration.all.filter { $0.number < 76 })
    try await old.write { try $0.executeScript(Self.rows) }
    await old.close()
    let new = try folder.open(migrations: Migration.all)
    #expect(try await counts(new) == [2, 0, 1, 0])
    for (change, expected) in [
      ("UPDATE lesson_progress SET completed_at = 8 WHERE lesson_id = 2", [2, 0, 2, 0]),
      ("UPDATE lessons SET deleted_at = NULL WHERE id = 3", [3, 0, 3, 0]),
      ("UPDATE lessons SET course_id = 2 WHERE id = 2", [2, 1, 3, 0]),
      ("DELETE FROM lessons WHERE id = 1", [1, 1, 2, 0]),
      ("DELETE FROM courses WHERE id = 2", [1, 1]),
      ("UPDATE lessons SET deleted_at = 9 WHERE id = 3", [0, 0]),
      ("DELETE FROM lessons", [0, 0]),
    ] as [(String, [Int64])] {
      try await new.write { _ = try $0.execute(change) }
      #expect(try await counts(new) == expected, "\(change)")
    }
    await new.close()
  }
}
