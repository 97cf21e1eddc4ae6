/// Why a queue refuses an element.
public enum QueueRefusal: Error, Sendable {
  /// The queue is full, or the system has no thread left; a later attempt may succeed.
  case overloaded
  /// The queue was stopped.
  case stopped
}
