/// One answered request, for the access log.
public struct AccessRecord: Sendable {
  public let method: String
  public let path: String
  public let status: Int
  /// Bytes of the response body.
  public let bytes: Int
  /// Time from the last byte of the request until the response was passed to the kernel or its buffer.
  public let microseconds: Int
  public let peer: String
  public let requestID: UInt64
  /// The error of a handler that threw something other than a `Failure`; never sent to the client.
  public let error: String?

  public init(
    method: String, path: String, status: Int, bytes: Int, microseconds: Int, peer: String,
    requestID: UInt64, error: String? = nil
  ) {
    self.method = method
    self.path = path
    self.status = status
    self.bytes = bytes
    self.microseconds = microseconds
    self.peer = peer
    self.requestID = requestID
    self.error = error
  }
}
