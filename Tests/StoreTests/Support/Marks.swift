import Glibc
import Store

/// A table with a row for each note.
let marks = Migration(
  2, "marks",
  sql: """
    CREATE TABLE marks (note INTEGER PRIMARY KEY REFERENCES notes (id)) STRICT;
    INSERT INTO marks SELECT id FROM notes;
    """)

/// How many notes a database has, opened by a version with these migrations.
func titles(in folder: Folder, migrations: [Migration]) async throws -> Int64? {
  let database = try folder.open(migrations: migrations)
  let count = try database.readNow { try $0.scalar("SELECT count(DISTINCT title) FROM notes") }
  await database.close()
  return count
}

/// The bytes of a file.
func content(of path: String) -> [UInt8] {
  let file = open(path, O_RDONLY)
  defer { close(file) }
  var content: [UInt8] = []
  var part = [UInt8](repeating: 0, count: 1 << 16)
  while case let count = read(file, &part, part.count), count > 0 { content += part.prefix(count) }
  return content
}
