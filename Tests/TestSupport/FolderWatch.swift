import Dispatch
import Glibc

/// Signals each change of the files in a folder while it exists (inotify(7)).
public final class FolderWatch: Sendable {
  public let changes = Changes()
  // Created in `init` and cancelled in `deinit`, when nothing else refers to it.
  private nonisolated(unsafe) let source: any DispatchSourceRead

  public init(_ path: String) {
    let descriptor = inotify_init1(Int32(IN_NONBLOCK) | Int32(IN_CLOEXEC))
    _ = inotify_add_watch(descriptor, path, UInt32(IN_MODIFY) | UInt32(IN_CLOSE))
    source = DispatchSource.makeReadSource(fileDescriptor: descriptor)
    source.setEventHandler { [changes] in
      var buffer = [UInt8](repeating: 0, count: 4096)
      while read(descriptor, &buffer, buffer.count) > 0 {}
      changes.signal()
    }
    source.setCancelHandler { close(descriptor) }
    source.activate()
  }

  deinit { source.cancel() }
}
