import Glibc
import Synchronization
import Threads

/// Stores the current input in a file that outlives the process; its first line is the length.
final class InputRecord {
  private static let size = 1 << 20
  private let memory: UnsafeMutableRawPointer

  init(_ name: String) throws {
    mkdir(".build", 0o755)
    mkdir(".build/fuzz", 0o755)
    let path = ".build/fuzz/\(name)"
    let file = open(path, O_RDWR | O_CREAT | O_TRUNC, 0o644)
    defer { close(file) }
    guard file >= 0, ftruncate(file, off_t(Self.size)) == 0,
      let memory = mmap(nil, Self.size, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0), memory != MAP_FAILED
    else { throw Unwritable(path: path) }
    self.memory = memory
  }

  deinit { munmap(memory, Self.size) }

  func keep(_ input: [UInt8]) {
    let kept = Array("\(input.count)\n".utf8) + input.prefix(Self.size - 32)
    kept.withUnsafeBytes {
      memory.copyMemory(from: $0.baseAddress ?? UnsafeRawPointer(memory), byteCount: $0.count)
    }
  }

  struct Unwritable: Error {
    let path: String
  }
}

/// Ends the process when one input takes too long.
final class HangWatch: Sendable {
  private let name: String
  private let patience: Int
  private let state = Mutex((beats: 0, isOver: false))

  /// `patience` is in seconds.
  init(_ name: String, patience: Int) {
    self.name = name
    self.patience = patience
    _ = Thread("hang-watch") { self.run() }
  }

  func alive() { state.withLock { $0.beats += 1 } }
  func end() { state.withLock { $0.isOver = true } }

  private func run() {
    var last = (beats: -1, seconds: 0)
    while true {
      sleep(1)
      let now = state.withLock { $0 }
      if now.isOver { return }
      last = now.beats == last.beats ? (last.beats, last.seconds + 1) : (now.beats, 0)
      guard last.seconds < patience else {
        print("fuzz \(name): input \(now.beats) hangs; it is in .build/fuzz/\(name)")
        abort()
      }
    }
  }
}
