extension Migration {
  /// Documents with all their versions, the text inside their files, and whom a review was asked of.
  static let documents = Migration(
    43, "documents",
    sql: """
      CREATE TABLE documents (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        title TEXT NOT NULL,
        description TEXT NOT NULL,
        category TEXT NOT NULL,
        file_name TEXT NOT NULL,
        file_url TEXT NOT NULL,
        version TEXT NOT NULL,
        is_public INTEGER NOT NULL,
        has_multimedia INTEGER NOT NULL,
        audience TEXT NOT NULL,
        requires_confirmation INTEGER NOT NULL,
        approver_id INTEGER REFERENCES users (id) ON DELETE SET NULL,
        owner_id INTEGER REFERENCES users (id) ON DELETE SET NULL,
        review_at INTEGER,
        author_id INTEGER REFERENCES users (id) ON DELETE SET NULL,
        deleted_at INTEGER,
        deleted_by INTEGER,
        created_at INTEGER NOT NULL,
        updated_at INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX documents_by_approver ON documents (approver_id);
      CREATE INDEX documents_by_owner ON documents (owner_id);
      CREATE INDEX documents_by_author ON documents (author_id);
      CREATE INDEX documents_to_review ON documents (review_at) WHERE review_at IS NOT NULL;
      CREATE INDEX documents_to_confirm ON documents (id) WHERE requires_confirmation = 1;
      CREATE INDEX documents_deleted ON documents (deleted_at) WHERE deleted_at IS NOT NULL;
      \(searched("documents", on: ["title", "description", "file_name", "file_url", "deleted_at"]))

      CREATE TABLE document_versions (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        document_id INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
        number INTEGER NOT NULL,
        version TEXT NOT NULL,
        file_name TEXT NOT NULL,
        file_url TEXT NOT NULL,
        note TEXT NOT NULL,
        edition INTEGER NOT NULL,
        status TEXT NOT NULL,
        author_id INTEGER REFERENCES users (id) ON DELETE SET NULL,
        decided_by INTEGER REFERENCES users (id) ON DELETE SET NULL,
        decided_at INTEGER,
        decision TEXT NOT NULL,
        downloads INTEGER NOT NULL,
        created_at INTEGER NOT NULL,
        UNIQUE (document_id, number)
      ) STRICT;
      CREATE INDEX document_versions_by_author ON document_versions (author_id);
      CREATE INDEX document_versions_by_decider ON document_versions (decided_by);

      CREATE TABLE document_texts (
        upload_id INTEGER PRIMARY KEY REFERENCES uploads (id) ON DELETE CASCADE,
        state TEXT NOT NULL,
        text TEXT NOT NULL
      ) STRICT;
      CREATE INDEX document_texts_waiting ON document_texts (upload_id) WHERE state = 'waiting';

      CREATE TABLE document_reviews (
        document_id INTEGER PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE,
        told_for INTEGER NOT NULL
      ) STRICT;

      CREATE TRIGGER document_versions_end AFTER DELETE ON document_versions BEGIN
        DELETE FROM resource_files WHERE resource = 'document-versions' AND row_id = OLD.id;
      END;
      CREATE TRIGGER documents_end AFTER DELETE ON documents BEGIN
        DELETE FROM resource_files WHERE resource = 'documents' AND row_id = OLD.id;
        DELETE FROM read_confirmations WHERE resource = 'documents' AND row_id = OLD.id;
      END;
      """)
}
