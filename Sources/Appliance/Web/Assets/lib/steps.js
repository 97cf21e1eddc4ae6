/** Whether a job has ended. */
export const isOver = job => job.status === 'succeeded' || job.status === 'failed'

/**
 * The job with `beganAt` and `endedAt` (milliseconds) of each step whose begin and end were observed, found
 * by comparison with its previous state.
 */
export function timed(before, job, now = Date.now()) {
  const known = new Map(before?.steps?.map(step => [step.name, step]))
  const steps = (job.steps ?? []).map(step => {
    const old = known.get(step.name)
    const began = old?.beganAt ?? (before && step.status !== 'pending' && old?.status === 'pending' ? now : undefined)
    const over = step.status === 'done' || step.status === 'failed'
    return { ...step, beganAt: began, endedAt: over ? old?.endedAt ?? (began && now) : undefined }
  })
  return { ...job, steps }
}

/** The step that runs or has failed; null before the first and after the last. */
export const currentStep = job =>
  job.steps?.find(step => step.status === 'running' || step.status === 'failed') ?? null

/** Milliseconds from the job's begin to its end, or to now; NaN before it begins. */
export const jobLength = (job, now = Date.now()) =>
  Math.max(0, (job.finishedAt ? Date.parse(job.finishedAt) : now) - Date.parse(job.startedAt ?? job.createdAt))
