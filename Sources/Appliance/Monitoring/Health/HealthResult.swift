/// A check with what it has found.
struct HealthResult: Sendable {
  let check: HealthCheck
  let finding: HealthFinding
}
