import Backup
import Glibc
import Store

/// Why a backup or a restore is refused; the description says what to do.
enum BackupProblem: Error, Equatable, CustomStringConvertible {
  case folder(String, code: Int32)
  case running
  case noRoom(String, needed: Int64)
  case noSuchBackup(String)
  case noData(String)
  case noKey(String)
  /// The backup does not have what it should, or not as it was.
  case incomplete(String)
  case newer(String)
  case notEmpty(String)
  case wrongKey
  case notServed(String)

  var description: String {
    switch self {
    case .folder(let path, let code):
      "the folder \(path) cannot be used: \(Self.words(code)). Create it, and let OBox write to it"
    case .running: "a backup of this installation is being made already. Wait until it is finished"
    case .noRoom(let path, let needed):
      "\(path) needs \(max(1, needed >> 20)) MB of free space for this. Free up some space, then try again"
    case .noSuchBackup(let path): "there is no backup \(path)"
    case .noData(let path): "there is no database \(path). Name the data folder with --data"
    case .noKey(let path): "there is no key \(path), so nothing could open the secrets of a backup"
    case .incomplete(let what): "the backup is damaged: \(what). Use another backup"
    case .newer(let version):
      "the backup was made by OBox \(version), which is newer. Install that version, then try again"
    case .notEmpty(let path):
      "\(path) has data of OBox already. Add --replace to put it aside in a folder there, or choose another folder"
    case .wrongKey: "the key of the backup does not open its secrets. Use another backup"
    case .notServed(let why): "the restored data could not be served: \(why)"
    }
  }

  private static func words(_ code: Int32) -> String {
    strerror(code).map { String(cString: $0) } ?? "error \(code)"
  }

  /// The code that stands for an error in jobs and on the page; its sentences are in `Refusals`.
  static func code(of error: any Error) -> String {
    switch error {
    case let error as BackupProblem: error.code
    case let error as ArchiveError: code(of: error)
    case is PassphraseError: "BACKUP_PASSPHRASE"
    case let error as StoreError where error.code == .full: "BACKUP_NO_SPACE"
    case let error as StoreError where error.code == .corrupt: "BACKUP_DAMAGED"
    default: "BACKUP_FAILED"
    }
  }

  private static func code(of error: ArchiveError) -> String {
    switch error {
    case .full: "BACKUP_NO_SPACE"
    case .notABackup, .truncated, .altered: "BACKUP_DAMAGED"
    case .wrongPassphrase: "BACKUP_WRONG_PASSPHRASE"
    case .newerFormat: "BACKUP_NEWER"
    case .system(_, code: ENOENT): "BACKUP_GONE"
    case .system, .exists: "BACKUP_FOLDER"
    case .noMemory, .interrupted: "BACKUP_FAILED"
    }
  }

  private var code: String {
    switch self {
    case .folder: "BACKUP_FOLDER"
    case .running: "BACKUP_RUNNING"
    case .noRoom: "BACKUP_NO_SPACE"
    case .noSuchBackup: "BACKUP_GONE"
    case .incomplete, .wrongKey, .notServed: "BACKUP_DAMAGED"
    case .newer: "BACKUP_NEWER"
    case .noData, .noKey, .notEmpty: "BACKUP_FAILED"
    }
  }
}
