import Glibc

/// Why a backup cannot be written or read; the description says what to do.
public enum ArchiveError: Error, Equatable, CustomStringConvertible {
  case notABackup(String)
  /// Written by a newer program, in a format of this number.
  case newerFormat(String, Int)
  /// The file ends too early.
  case truncated(String)
  /// Something in the file is not what was written.
  case altered(String)
  case wrongPassphrase(String)
  case exists(String)
  /// No space is left for this file.
  case full(String)
  case system(String, code: Int32)
  case noMemory
  /// The caller asked to end.
  case interrupted

  public var description: String {
    switch self {
    case .notABackup(let path): "\(path) is not a backup of OBox. Choose another file"
    case .newerFormat(let path, let number):
      "\(path) was written by a newer version (format \(number)). Install that version, then try again"
    case .truncated(let path):
      "\(path) is incomplete: its end is missing. Copy it again, or use another backup"
    case .altered(let path): "\(path) was altered or is damaged. Copy it again, or use another backup"
    case .wrongPassphrase(let path):
      "this passphrase does not open \(path). Use the one that the backup was made with"
    case .exists(let path): "\(path) exists already"
    case .full(let path): "no space left to write \(path). Free up some space, then try again"
    case .system(let path, let code):
      "\(path): \(strerror(code).map { String(cString: $0) } ?? "error \(code)")"
    case .noMemory: "not enough memory"
    case .interrupted: "interrupted"
    }
  }

  /// The error of a failed system call on a file.
  init(errno code: Int32, _ path: String) {
    self = code == ENOSPC || code == EDQUOT ? .full(path) : .system(path, code: code)
  }
}
