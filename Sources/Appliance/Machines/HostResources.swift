/// How much of the host is there and in use.
struct HostResources: Sendable, Equatable {
  var cores = 1
  /// Percent of all cores, 0 to 100.
  var cpuUsage = 0
  /// The same over the last whole minute; 0 until there was one.
  var cpuMinute = 0
  var hasMinute = false
  /// MB.
  var memoryUsed = 0
  var memoryTotal = 0
  var memoryPercent = 0
  /// GB.
  var diskUsed = 0
  var diskTotal = 0
  var diskPercent = 0
  /// Whether the host told nothing, so that the numbers above mean nothing.
  var isUnknown = false
}
