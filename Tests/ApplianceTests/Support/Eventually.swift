import TestSupport
import Testing

/// Signalled by every appliance of this process: a commit, a change of connections, an event of its host. A
/// test that waits for anything else must signal it.
let anything = Changes()

/// Waits until `condition` holds, checking it at each signal; records an issue after a minute.
func eventually(_ condition: () -> Bool, _ location: SourceLocation = #_sourceLocation) async {
  guard await !anything.wait(until: condition) else { return }
  Issue.record("it never happened", sourceLocation: location)
}
