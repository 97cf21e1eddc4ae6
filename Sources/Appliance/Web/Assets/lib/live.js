import { createStore } from './store.js'
import { get } from './api.js'
import { isOver, timed } from './steps.js'
import { isInside, session, socket, refreshHost } from './session.js'

/** The machines that the user may see, by id; `error` says why the last fetch failed. */
export const machines = createStore({ loaded: false, error: null, byId: {} })

/** The known jobs, by id. */
export const jobs = createStore({ byId: {} })

/** The load of each machine and its last minutes: {id: {cpu, ram, disk, history: [{cpu, ram}]}}. */
export const loads = createStore({ byId: {} })

const historyLength = 60
/** How many events of each machine were received, by its id. */
const events = new Map()
let touched = new Set()
let release = null

/** The machines, newest first. */
export const machineList = () =>
  Object.values(machines.get().byId).sort((a, b) => Number(b.id) - Number(a.id))

/** The latest job of a machine; null when none is known. */
export function jobOf(machineId) {
  const own = Object.values(jobs.get().byId).filter(job => String(job.vmId) === String(machineId))
  return own.sort((a, b) => Number(b.id) - Number(a.id))[0] ?? null
}

/** Applies the state of a machine; missing fields keep their value. */
export function applyMachine(machine) {
  touched.add(String(machine.id))
  machines.set(({ byId }) => {
    const { [machine.id]: known, ...others } = byId
    if (machine.status === 'deleted') return { byId: others }
    return { byId: { ...others, [machine.id]: { ...known, ...machine } } }
  })
  if (machine.job) fetchJob(machine.job)
}

function applyJob(job) {
  if (job) jobs.set(({ byId }) => ({ byId: { ...byId, [job.id]: timed(byId[job.id], job) } }))
}

/** The ids of jobs started from this page, whose end is shown even when it comes at once. */
export const askedFor = new Set()

/** Applies the 202 answer of a request, unless events of its job, which are newer, came first. */
export function applyAnswer({ vm, job }, wish = {}) {
  if (job) askedFor.add(job.id)
  if (job && jobs.get().byId[job.id]) return
  applyJob(job)
  if (vm) applyMachine({ ...wish, ...vm, ...(job && { job: job.id }) })
}

async function fetchJob(id) {
  if (jobs.get().byId[id]) return
  try { applyJob((await get(`/api/jobs/${encodeURIComponent(id)}`)).job) } catch { /* its events follow */ }
}

/** Fetches the list. A machine for which an event came meanwhile keeps its state, which is newer. */
export async function fetchMachines() {
  touched = new Set()
  try {
    const { vms } = await get('/api/vms')
    const before = machines.get().byId
    const byId = {}
    for (const machine of vms)
      if (!touched.has(String(machine.id))) byId[machine.id] = { ...before[machine.id], ...machine }
    for (const id of touched) if (before[id]) byId[id] = machines.get().byId[id]
    machines.set({ loaded: true, error: null, byId: withoutHoles(byId) })
    jobs.set(({ byId: known }) => ({ byId: onlyLiving(known, vms) }))
    for (const machine of vms) if (machine.job) fetchJob(machine.job)
  } catch (error) {
    if (error.status !== 401) machines.set({ error })
  }
}

const withoutHoles = byId => Object.fromEntries(Object.entries(byId).filter(([, machine]) => machine))

/** Drops jobs that count as running but are no longer named by their machine: their end was missed. */
function onlyLiving(known, vms) {
  const named = new Set(vms.map(machine => String(machine.job ?? '')))
  return Object.fromEntries(Object.entries(known).filter(([id, job]) => isOver(job) || named.has(id)))
}

/**
 * Fetches one machine with the fields for its owner; fields of an event that came meanwhile are newer. Throws
 * `ApiError`.
 */
export async function fetchMachine(id, signal) {
  const before = events.get(String(id))
  const { vm } = await get(`/api/vms/${encodeURIComponent(id)}`, { signal })
  const known = machines.get().byId[id]
  if (events.get(String(id)) === before) applyMachine(vm)
  else if (known) applyMachine({ ...vm, ...known })
}

function applyLoads({ vms }) {
  loads.set(({ byId }) => {
    const next = {}
    for (const { id, cpu, ram, disk, host_reachable: isReachable } of vms ?? []) {
      // Its zeros are not measurements.
      if (isReachable === false) continue
      const history = [...byId[id]?.history ?? [], { cpu: cpu?.usage, ram: ram?.percent }].slice(-historyLength)
      next[id] = { cpu, ram, disk, history }
    }
    return { byId: next }
  })
}

function follow() {
  if (isInside() === Boolean(release)) return
  if (isInside()) {
    release = socket.subscribe('vms')
    fetchMachines()
  } else {
    release()
    release = null
    machines.set({ loaded: false, error: null, byId: {} })
    jobs.set({ byId: {} })
    loads.set({ byId: {} })
  }
}

/** Keeps machines, jobs and loads up to date while somebody is signed in. */
export function startLive() {
  session.subscribe(follow)
  follow()
  socket.addEventListener('SUBSCRIBED', ({ detail }) => { if (detail.topic === 'vms') fetchMachines() })
  socket.addEventListener('VM_STATUS', ({ detail }) => {
    const known = machines.get().byId[detail.id]
    events.set(String(detail.id), (events.get(String(detail.id)) ?? 0) + 1)
    applyMachine(detail)
    if (!known || known.status !== detail.status || known.host_reachable !== detail.host_reachable) refreshHost()
  })
  socket.addEventListener('VM_STATS', ({ detail }) => applyLoads(detail))
  socket.addEventListener('JOB', ({ detail }) => applyJob(detail))
}
