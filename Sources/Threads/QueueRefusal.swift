/// Why a queue takes no more.
public enum QueueRefusal: Error, Sendable {
  /// As many wait as may, or the system has no thread to give: later there may be room.
  case overloaded
  /// It was told to end.
  case stopped
}
