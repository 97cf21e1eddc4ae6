CREATE TABLE users (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  username TEXT NOT NULL COLLATE NOCASE UNIQUE,
  name TEXT NOT NULL,
  email TEXT COLLATE NOCASE UNIQUE,
  password_hash TEXT,
  role TEXT NOT NULL DEFAULT 'employee' CHECK (role IN ('employee', 'moderator', 'admin')),
  avatar TEXT NOT NULL DEFAULT '',
  employee_id TEXT NOT NULL DEFAULT '',
  department TEXT NOT NULL DEFAULT '',
  position TEXT NOT NULL DEFAULT '',
  phone TEXT NOT NULL DEFAULT '',
  language TEXT NOT NULL DEFAULT 'fr' CHECK (language IN ('fr', 'en')),
  is_active INTEGER NOT NULL DEFAULT 1,
  is_verified INTEGER NOT NULL DEFAULT 0,
  is_approved INTEGER NOT NULL DEFAULT 1,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
, category_id INTEGER REFERENCES employee_categories (id) ON DELETE SET NULL, pending_email TEXT COLLATE NOCASE) STRICT;
CREATE TABLE user_settings (
  user_id INTEGER PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
  settings TEXT NOT NULL
) STRICT;
CREATE TABLE settings (
  name TEXT PRIMARY KEY,
  value BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE sessions (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  token_hash BLOB NOT NULL UNIQUE,
  user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  address TEXT NOT NULL,
  agent TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  seen_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
, workstation_id INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE TABLE tokens (
  hash BLOB PRIMARY KEY,
  purpose TEXT NOT NULL,
  user_id INTEGER REFERENCES users (id) ON DELETE CASCADE,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  used_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE TABLE machines (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id INTEGER NOT NULL REFERENCES users (id),
  name TEXT NOT NULL COLLATE NOCASE,
  os_type TEXT NOT NULL,
  version TEXT NOT NULL,
  vcpu INTEGER NOT NULL,
  memory INTEGER NOT NULL,
  disk_size INTEGER NOT NULL,
  status TEXT NOT NULL CHECK (status IN
    ('pending', 'creating', 'running', 'stopped', 'paused', 'updating', 'deleting', 'error')),
  error_code TEXT,
  uuid TEXT NOT NULL UNIQUE,
  mac TEXT NOT NULL UNIQUE,
  image_volume TEXT,
  internal_ip TEXT,
  port INTEGER UNIQUE,
  ssh_user TEXT NOT NULL,
  public_key TEXT NOT NULL DEFAULT '',
  sealed_key BLOB,
  seed_present INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  UNIQUE (user_id, name)
) STRICT;
CREATE TABLE jobs (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  machine_id INTEGER,
  user_id INTEGER,
  arguments TEXT NOT NULL DEFAULT '{}',
  priority INTEGER NOT NULL DEFAULT 500,
  status TEXT NOT NULL DEFAULT 'queued'
    CHECK (status IN ('queued', 'waiting', 'running', 'succeeded', 'failed')),
  step TEXT NOT NULL DEFAULT '',
  step_progress INTEGER NOT NULL DEFAULT 0,
  progress INTEGER NOT NULL DEFAULT 0,
  undoing INTEGER NOT NULL DEFAULT 0,
  cancelled INTEGER NOT NULL DEFAULT 0,
  attempts INTEGER NOT NULL DEFAULT 0,
  run_at INTEGER NOT NULL,
  lease_until INTEGER,
  period_key TEXT,
  error_code TEXT,
  created_at INTEGER NOT NULL,
  started_at INTEGER,
  finished_at INTEGER
) STRICT;
CREATE TABLE outbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id INTEGER REFERENCES users (id) ON DELETE SET NULL,
  recipient TEXT NOT NULL,
  recipient_name TEXT NOT NULL DEFAULT '',
  subject TEXT NOT NULL,
  content BLOB,
  machine_id INTEGER,
  message_id TEXT NOT NULL UNIQUE,
  status TEXT NOT NULL CHECK (status IN ('queued', 'sending', 'sent', 'failed', 'local')),
  attempts INTEGER NOT NULL DEFAULT 0,
  next_at INTEGER NOT NULL,
  error TEXT NOT NULL DEFAULT '',
  created_at INTEGER NOT NULL,
  sent_at INTEGER
) STRICT;
CREATE TABLE workstations (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  token_hash BLOB NOT NULL UNIQUE,
  name TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  seen_at INTEGER NOT NULL
) STRICT;
CREATE TABLE permissions (
  user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  permission TEXT NOT NULL,
  granted_by INTEGER REFERENCES users (id) ON DELETE SET NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (user_id, permission)
) STRICT, WITHOUT ROWID;
CREATE TABLE employee_categories (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL COLLATE NOCASE UNIQUE,
  description TEXT NOT NULL DEFAULT '',
  color TEXT NOT NULL DEFAULT '#10B981',
  permissions TEXT NOT NULL DEFAULT '[]',
  is_active INTEGER NOT NULL DEFAULT 1,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE TABLE api_tokens (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  rights TEXT NOT NULL,
  hash BLOB NOT NULL UNIQUE,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  seen_at INTEGER
) STRICT;
CREATE TABLE totp (
  user_id INTEGER PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
  sealed_secret BLOB NOT NULL,
  confirmed_at INTEGER,
  last_step INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE recovery_codes (
  user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  hash BLOB NOT NULL,
  used_at INTEGER,
  PRIMARY KEY (user_id, hash)
) STRICT, WITHOUT ROWID;
CREATE TABLE audit (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  actor_id INTEGER,
  actor_name TEXT NOT NULL DEFAULT '',
  action TEXT NOT NULL,
  subject_type TEXT NOT NULL DEFAULT '',
  subject_id INTEGER,
  subject_name TEXT NOT NULL DEFAULT '',
  address TEXT NOT NULL DEFAULT '',
  outcome TEXT NOT NULL CHECK (outcome IN ('ok', 'refused')),
  code TEXT NOT NULL DEFAULT '',
  details TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE known_workstations (
  user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  workstation_id INTEGER NOT NULL REFERENCES workstations (id) ON DELETE CASCADE,
  seen_at INTEGER NOT NULL,
  PRIMARY KEY (user_id, workstation_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE channels (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL CHECK (kind IN ('public', 'private', 'direct')),
  name TEXT NOT NULL DEFAULT '' COLLATE NOCASE,
  topic TEXT NOT NULL DEFAULT '',
  is_general INTEGER NOT NULL DEFAULT 0,
  pair TEXT UNIQUE,
  created_by INTEGER REFERENCES users (id) ON DELETE SET NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  archived_at INTEGER,
  slow_seconds INTEGER NOT NULL DEFAULT 0,
  retention_days INTEGER NOT NULL DEFAULT 0,
  revision INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE channel_members (
  channel_id INTEGER NOT NULL REFERENCES channels (id) ON DELETE CASCADE,
  user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  role TEXT NOT NULL DEFAULT 'member' CHECK (role IN ('admin', 'member')),
  joined_at INTEGER NOT NULL,
  read_id INTEGER NOT NULL DEFAULT 0,
  is_muted INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (channel_id, user_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE chat_messages (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  channel_id INTEGER NOT NULL,
  author_id INTEGER REFERENCES users (id) ON DELETE SET NULL,
  author_name TEXT,
  client_id TEXT,
  text TEXT NOT NULL,
  reply_to INTEGER,
  created_at INTEGER NOT NULL,
  edited_at INTEGER,
  deleted_at INTEGER,
  deleted_by INTEGER,
  pinned_at INTEGER,
  pinned_by INTEGER,
  revision INTEGER
) STRICT;
CREATE TABLE chat_discarded (channel_id INTEGER PRIMARY KEY) STRICT;
CREATE TABLE chat_reactions (
  message_id INTEGER NOT NULL REFERENCES chat_messages (id) ON DELETE CASCADE,
  emoji TEXT NOT NULL,
  user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (message_id, emoji, user_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE chat_files (
  message_id INTEGER NOT NULL REFERENCES chat_messages (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  upload_id INTEGER NOT NULL,
  PRIMARY KEY (message_id, position)
) STRICT, WITHOUT ROWID;
CREATE VIRTUAL TABLE chat_search USING fts5 (
  text, content = 'chat_messages', content_rowid = 'id', tokenize = "unicode61 remove_diacritics 2"
);
CREATE TABLE chat_indexed (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  last_id INTEGER NOT NULL
) STRICT;
CREATE TABLE uploads (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  key TEXT NOT NULL UNIQUE,
  owner_id INTEGER REFERENCES users (id) ON DELETE SET NULL,
  name TEXT NOT NULL,
  type TEXT NOT NULL,
  size INTEGER NOT NULL,
  digest BLOB NOT NULL,
  width INTEGER NOT NULL DEFAULT 0,
  height INTEGER NOT NULL DEFAULT 0,
  is_inline INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  completed_at INTEGER,
  attached_at INTEGER
) STRICT;
CREATE TABLE upload_chunks (
  upload_id INTEGER NOT NULL REFERENCES uploads (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  data BLOB NOT NULL
) STRICT;
CREATE TABLE notifications (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  actor_id INTEGER REFERENCES users (id) ON DELETE SET NULL,
  details TEXT NOT NULL DEFAULT '{}',
  link TEXT NOT NULL DEFAULT '',
  count INTEGER NOT NULL DEFAULT 1,
  mailed_count INTEGER NOT NULL DEFAULT 0,
  on_page INTEGER NOT NULL DEFAULT 1,
  created_at INTEGER NOT NULL,
  read_at INTEGER,
  mail_due_at INTEGER,
  mailed_at INTEGER
) STRICT;
CREATE TABLE notification_preferences (
  user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  on_page INTEGER NOT NULL,
  in_browser INTEGER NOT NULL,
  by_mail INTEGER NOT NULL,
  PRIMARY KEY (user_id, kind)
) STRICT, WITHOUT ROWID;
CREATE TABLE notification_digests (
  user_id INTEGER PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
  written_at INTEGER NOT NULL
) STRICT;
CREATE TABLE load_history (
  machine_id INTEGER NOT NULL,
  grain INTEGER NOT NULL,
  at INTEGER NOT NULL,
  cpu REAL NOT NULL,
  ram REAL NOT NULL,
  disk REAL NOT NULL,
  PRIMARY KEY (machine_id, grain, at)
) STRICT, WITHOUT ROWID;
INSERT INTO "schema_migrations" VALUES (1, 'users', 1763640000000);
INSERT INTO "schema_migrations" VALUES (10, 'audit', 1763640000000);
INSERT INTO "schema_migrations" VALUES (11, 'known workstations', 1763640000000);
INSERT INTO "schema_migrations" VALUES (12, 'chat', 1763640000000);
INSERT INTO "schema_migrations" VALUES (13, 'uploads', 1763640000000);
INSERT INTO "schema_migrations" VALUES (14, 'notifications', 1763640000000);
INSERT INTO "schema_migrations" VALUES (15, 'load history', 1763640000000);
INSERT INTO "schema_migrations" VALUES (2, 'sessions', 1763640000000);
INSERT INTO "schema_migrations" VALUES (3, 'machines', 1763640000000);
INSERT INTO "schema_migrations" VALUES (4, 'jobs', 1763640000000);
INSERT INTO "schema_migrations" VALUES (5, 'outbox', 1763640000000);
INSERT INTO "schema_migrations" VALUES (6, 'workstations', 1763640000000);
INSERT INTO "schema_migrations" VALUES (7, 'rights', 1763640000000);
INSERT INTO "schema_migrations" VALUES (8, 'api tokens', 1763640000000);
INSERT INTO "schema_migrations" VALUES (9, 'two-step sign-in', 1763640000000);
INSERT INTO "settings" VALUES ('host_key', X'00FF10');
INSERT INTO "settings" VALUES ('hypervisor', X'71656D753A2F2F2F73797374656D');
INSERT INTO "jobs" VALUES (1, 'machine.create', 1, 2, '{}', 500, 'succeeded', 'mail', 100, 100, 0, 0, 1, 1763640000000, NULL, NULL, NULL, 1763640000000, 1763640000000, 1763640000009);
INSERT INTO "jobs" VALUES (2, 'machine.create', 3, 3, '{}', 500, 'failed', 'address', 0, 60, 0, 0, 3, 1763640000000, NULL, NULL, 'NO_ADDRESS', 1763640000000, 1763640000000, 1763640000009);
INSERT INTO "jobs" VALUES (3, 'machine.start', 2, 2, '{}', 100, 'queued', '', 0, 0, 0, 0, 0, 1763640000000, NULL, NULL, NULL, 1763640000000, NULL, NULL);
INSERT INTO "jobs" VALUES (4, 'uploads.tidy', NULL, NULL, '{}', 1000, 'succeeded', '', 0, 100, 0, 0, 1, 1763640000000, NULL, '490000', NULL, 1763640000000, 1763640000000, 1763640000000);
INSERT INTO "workstations" VALUES (1, X'0101', 'Poste 1', 1763640000000, 1763640000005);
INSERT INTO "workstations" VALUES (2, X'0102', 'Firefox · Linux', 1763640000000, 1763640000006);
INSERT INTO "employee_categories" VALUES (1, 'Équipe A', 'Les premiers', '#10B981', '["chat.moderate"]', 1, 1763640000000, 1763640000000);
INSERT INTO "employee_categories" VALUES (2, 'equipe a ', '', '#222222', '[]', 0, 1763640000000, 1763640000000);
INSERT INTO "audit" VALUES (1, 1763640000000, 1, 'boss', 'user.created', 'user', 2, 'lea', '192.0.2.8', 'ok', '', 'employee');
INSERT INTO "audit" VALUES (2, 1763640000001, NULL, '', 'sign_in', 'user', 2, 'lea', '192.0.2.9', 'refused', 'INVALID_CREDENTIALS', '');
INSERT INTO "chat_discarded" VALUES (9);
INSERT INTO "chat_indexed" VALUES (1, 6);
INSERT INTO "load_history" VALUES (0, 60, 1763640000, 12.5, 40.0, 61.25);
INSERT INTO "load_history" VALUES (1, 300, 1763640000, 3.0, 20.0, 5.0);
INSERT INTO "users" VALUES (1, 'boss', 'Ada Boss', 'boss@example.org', '$argon2id$v=19$m=8,t=1,p=1$c2FsdA$aGFzaA', 'admin', '', 'E-1', 'Direction', 'Directrice', '+33 1 23', 'fr', 1, 1, 1, 1763640000000, 1763640000000, NULL, NULL);
INSERT INTO "users" VALUES (2, 'lea', 'Léa Ümlaut', 'lea@example.org', '$2b$10$old', 'employee', '', '', 'R&D', 'Ingénieure', '', 'en', 1, 0, 1, 1763640000001, 1763640000002, 1, 'lea.new@example.org');
INSERT INTO "users" VALUES (3, 'sam', 'Sam', 'sam@example.org', NULL, 'moderator', '', '', '', '', '', 'fr', 0, 1, 0, 1763640000001, 1763640000002, 2, NULL);
INSERT INTO "user_settings" VALUES (2, '{"theme":"dark"}');
INSERT INTO "sessions" VALUES (1, X'AA01', 2, '192.0.2.7', 'Firefox', 1763640000000, 1763640000000, 1764640000000, 1);
INSERT INTO "sessions" VALUES (2, X'AA02', 1, '192.0.2.8', 'curl', 1763640000000, 1763640000000, 1764640000000, 2);
INSERT INTO "tokens" VALUES (X'BB01', 'verify-email', 2, 1763640000000, 1764640000000, NULL);
INSERT INTO "tokens" VALUES (X'BB02', 'setup', NULL, 1763640000000, 1764640000000, 1763640000003);
INSERT INTO "machines" VALUES (1, 2, 'web', 'debian', '12', 1, 1024, 10, 'running', NULL, '11111111-2222-3333-4444-555555555555', '52:54:00:00:00:01', 'base-debian-12-0011', '10.77.0.5', 10001, 'debian', 'ssh-ed25519 AAAA lea', X'C0FFEE', 1, 1763640000000, 1763640000000);
INSERT INTO "machines" VALUES (2, 2, 'base de données', 'ubuntu', '22.04', 2, 2048, 20, 'stopped', NULL, '21111111-2222-3333-4444-555555555555', '52:54:00:00:00:02', NULL, NULL, 10002, 'ubuntu', '', NULL, 0, 1763640000000, 1763640000000);
INSERT INTO "machines" VALUES (3, 3, 'web', 'debian', '12', 1, 512, 10, 'error', 'NO_ADDRESS', '31111111-2222-3333-4444-555555555555', '52:54:00:00:00:03', NULL, NULL, NULL, 'debian', '', NULL, 0, 1763640000000, 1763640000000);
INSERT INTO "outbox" VALUES (1, 2, 'lea@example.org', 'Léa', 'Votre machine', X'5EA1ED', 1, '<1@obox>', 'sent', 1, 1763640000000, '', 1763640000000, 1763640000001);
INSERT INTO "outbox" VALUES (2, 2, 'lea@example.org', 'Léa', 'Second', X'5EA1ED', NULL, '<2@obox>', 'queued', 2, 1763640000000, 'refused', 1763640000000, NULL);
INSERT INTO "permissions" VALUES (3, 'users.view', 1, 1763640000000);
INSERT INTO "api_tokens" VALUES (1, 2, 'backup', '["vms.read"]', X'CC01', 1763640000000, 1773640000000, NULL);
INSERT INTO "totp" VALUES (1, X'5EA1ED01', 1763640000000, 58000000);
INSERT INTO "recovery_codes" VALUES (1, X'DD01', NULL);
INSERT INTO "recovery_codes" VALUES (1, X'DD02', 1763640000000);
INSERT INTO "known_workstations" VALUES (1, 2, 1763640000000);
INSERT INTO "known_workstations" VALUES (2, 1, 1763640000000);
INSERT INTO "channels" VALUES (1, 'public', 'general', '', 1, NULL, NULL, 1763640000000, 1763640000000, NULL, 0, 0, 0);
INSERT INTO "channels" VALUES (2, 'public', 'Projet', 'Le projet', 0, NULL, 2, 1763640000000, 1763640000000, NULL, 10, 30, 2);
INSERT INTO "channels" VALUES (3, 'private', 'secret', '', 0, NULL, 1, 1763640000000, 1763640000000, 1763640000007, 0, 0, 0);
INSERT INTO "channels" VALUES (4, 'direct', '', '', 0, '1:2', 1, 1763640000000, 1763640000000, NULL, 0, 0, 0);
INSERT INTO "channels" VALUES (5, 'public', 'Prójet', '', 0, NULL, 3, 1763640000000, 1763640000000, NULL, 0, 0, 0);
INSERT INTO "chat_messages" VALUES (1, 1, 2, NULL, 'c-1', 'Bonjour à tous', NULL, 1763640000000, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO "chat_messages" VALUES (2, 2, 2, NULL, 'c-2', 'Voir @boss et 日本語', 1, 1763640000001, 1763640000002, NULL, NULL, 1763640000003, 2, 1);
INSERT INTO "chat_messages" VALUES (3, 2, 1, NULL, NULL, '', NULL, 1763640000002, NULL, 1763640000004, 1, NULL, NULL, 2);
INSERT INTO "chat_messages" VALUES (4, 4, 1, NULL, 'c-4', 'pour toi', NULL, 1763640000003, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO "chat_messages" VALUES (5, 1, NULL, 'Parti', NULL, 'au revoir', NULL, 1763640000004, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO "chat_messages" VALUES (6, 9, 1, NULL, NULL, 'of a deleted channel', NULL, 1763640000004, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO "uploads" VALUES (1, 'k1', 2, 'photo.png', 'image/png', 6, X'EE01', 3, 2, 1, 1763640000000, 1763640000001, 1763640000002);
INSERT INTO "uploads" VALUES (2, 'k2', 1, 'half.bin', 'application/octet-stream', 900, X'', 0, 0, 0, 1763640000000, NULL, NULL);
INSERT INTO "notifications" VALUES (1, 2, 'machine.ready', 'machine:1', NULL, '{"name":"web"}', '/machines/1', 1, 1, 1, 1763640000000, NULL, NULL, 1763640000000);
INSERT INTO "notifications" VALUES (2, 1, 'chat.mention', 'channel:2', 2, '{}', '/chat/2', 3, 0, 1, 1763640000000, 1763640000005, NULL, NULL);
INSERT INTO "notification_preferences" VALUES (2, 'chat.mention', 1, 1, 0);
INSERT INTO "notification_digests" VALUES (2, 1763640000000);
INSERT INTO "channel_members" VALUES (2, 1, 'member', 1763640000000, 0, 1);
INSERT INTO "channel_members" VALUES (2, 2, 'admin', 1763640000000, 1, 0);
INSERT INTO "channel_members" VALUES (3, 1, 'admin', 1763640000000, 0, 0);
INSERT INTO "channel_members" VALUES (4, 1, 'member', 1763640000000, 0, 0);
INSERT INTO "channel_members" VALUES (4, 2, 'member', 1763640000000, 4, 0);
INSERT INTO "chat_reactions" VALUES (1, '👍', 1, 1763640000000);
INSERT INTO "chat_reactions" VALUES (2, '🎉', 2, 1763640000000);
INSERT INTO "chat_files" VALUES (2, 0, 1);
INSERT INTO "upload_chunks" VALUES (1, 0, X'89504E470D0A');
INSERT INTO "upload_chunks" VALUES (2, 0, X'00');
CREATE INDEX users_by_role ON users (role);
CREATE INDEX sessions_by_user ON sessions (user_id);
CREATE INDEX sessions_by_end ON sessions (expires_at);
CREATE INDEX tokens_by_user ON tokens (user_id, purpose);
CREATE INDEX tokens_by_end ON tokens (expires_at);
CREATE INDEX jobs_unfinished ON jobs (priority, id)
  WHERE status IN ('queued', 'waiting', 'running');
CREATE INDEX jobs_of_machine ON jobs (machine_id, id);
CREATE INDEX jobs_by_end ON jobs (finished_at) WHERE finished_at IS NOT NULL;
CREATE UNIQUE INDEX jobs_one_per_period ON jobs (kind, period_key) WHERE period_key IS NOT NULL;
CREATE INDEX outbox_due ON outbox (next_at) WHERE status IN ('queued', 'sending');
CREATE INDEX outbox_of_user ON outbox (user_id, id);
CREATE INDEX outbox_by_end ON outbox (created_at) WHERE status IN ('sent', 'failed', 'local');
CREATE INDEX workstations_by_use ON workstations (seen_at);
CREATE INDEX sessions_by_workstation ON sessions (workstation_id);
CREATE INDEX users_by_category ON users (category_id) WHERE category_id IS NOT NULL;
CREATE INDEX api_tokens_of_user ON api_tokens (user_id, id);
CREATE INDEX audit_by_actor ON audit (actor_id, id);
CREATE INDEX audit_by_action ON audit (action, id);
CREATE INDEX audit_by_time ON audit (at);
CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END;
CREATE TRIGGER audit_is_kept_a_year BEFORE DELETE ON audit
WHEN old.at > (SELECT max(at) FROM audit) - 31536000000
BEGIN SELECT RAISE(ABORT, 'the audit log is kept for a year'); END;
CREATE INDEX known_workstations_by_place ON known_workstations (workstation_id);
CREATE UNIQUE INDEX channels_by_name ON channels (name) WHERE kind = 'public';
CREATE INDEX channels_by_creator ON channels (created_by);
CREATE INDEX channels_by_kind ON channels (kind);
CREATE UNIQUE INDEX channels_general ON channels (is_general) WHERE is_general = 1;
CREATE INDEX channels_with_retention ON channels (retention_days) WHERE retention_days > 0;
CREATE INDEX users_of_general ON users (is_active, is_approved);
CREATE INDEX channels_of_member ON channel_members (user_id, channel_id);
CREATE INDEX messages_of_channel ON chat_messages (channel_id, id);
CREATE UNIQUE INDEX messages_of_author ON chat_messages (author_id, client_id);
CREATE INDEX messages_changed ON chat_messages (channel_id, revision) WHERE revision IS NOT NULL;
CREATE INDEX messages_pinned ON chat_messages (channel_id, id) WHERE pinned_at IS NOT NULL;
CREATE TRIGGER messages_keep_their_author BEFORE DELETE ON users BEGIN
  UPDATE chat_messages SET author_name = OLD.name WHERE author_id = OLD.id;
END;
CREATE INDEX reactions_of_user ON chat_reactions (user_id);
CREATE INDEX messages_with_upload ON chat_files (upload_id);
CREATE INDEX uploads_of_owner ON uploads (owner_id, size);
CREATE INDEX uploads_under_way ON uploads (created_at) WHERE completed_at IS NULL;
CREATE UNIQUE INDEX chunks_of_upload ON upload_chunks (upload_id, number);
CREATE INDEX notifications_of_user ON notifications (user_id, id);
CREATE INDEX notifications_by_actor ON notifications (actor_id);
CREATE INDEX notifications_unread ON notifications (user_id) WHERE read_at IS NULL AND on_page = 1;
CREATE INDEX notifications_of_subject ON notifications (subject, user_id, kind) WHERE read_at IS NULL;
CREATE INDEX notifications_to_mail ON notifications (user_id, mail_due_at)
  WHERE read_at IS NULL AND mail_due_at IS NOT NULL;
CREATE INDEX load_by_age ON load_history (grain, at);
CREATE TRIGGER load_goes_with_its_machine AFTER DELETE ON machines BEGIN
  DELETE FROM load_history WHERE machine_id = OLD.id;
END;
