import { createStore } from './store.js'
import { get } from './api.js'
import { isOver, timed } from './steps.js'
import { isInside, session, socket, refreshHost } from './session.js'

/** All machines that the person sees, by id; `error` is why the last fetch failed. */
export const machines = createStore({ loaded: false, error: null, byId: {} })

/** The jobs heard of, by id. */
export const jobs = createStore({ byId: {} })

/** Each machine's last load and its past minutes: {id: {cpu, ram, disk, history: [{cpu, ram}]}}. */
export const loads = createStore({ byId: {} })

const historyLength = 60
/** How many events each machine has had, by its id. */
const told = new Map()
let touched = new Set()
let release = null

/** Machines newest first, as an array. */
export const machineList = () =>
  Object.values(machines.get().byId).sort((a, b) => Number(b.id) - Number(a.id))

/** The job of that machine that was begun last; null when none is known. */
export function jobOf(machineId) {
  const own = Object.values(jobs.get().byId).filter(job => String(job.vmId) === String(machineId))
  return own.sort((a, b) => Number(b.id) - Number(a.id))[0] ?? null
}

/** Takes in one machine; fields left out keep what was known. Tells whether it is gone. */
export function takeMachine(machine) {
  touched.add(String(machine.id))
  machines.set(({ byId }) => {
    const { [machine.id]: known, ...others } = byId
    if (machine.status === 'deleted') return { byId: others }
    return { byId: { ...others, [machine.id]: { ...known, ...machine } } }
  })
  if (machine.job) fetchJob(machine.job)
}

function takeJob(job) {
  if (job) jobs.set(({ byId }) => ({ byId: { ...byId, [job.id]: timed(byId[job.id], job) } }))
}

/** The jobs that were asked for on this page: their end is of interest even when it comes at once. */
export const askedFor = new Set()

/** Takes in the 202 of a request, unless its job's events were faster: then they know more. */
export function takeAnswer({ vm, job }, wish = {}) {
  if (job) askedFor.add(job.id)
  if (job && jobs.get().byId[job.id]) return
  takeJob(job)
  if (vm) takeMachine({ ...wish, ...vm, ...(job && { job: job.id }) })
}

async function fetchJob(id) {
  if (jobs.get().byId[id]) return
  try { takeJob((await get(`/api/jobs/${encodeURIComponent(id)}`)).job) } catch { /* its events follow */ }
}

/** Fetches the list anew. What an event has told meanwhile is newer than the answer, and stays. */
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

/** A job thought to run that its machine no longer names has ended while nobody listened. */
function onlyLiving(known, vms) {
  const named = new Set(vms.map(machine => String(machine.job ?? '')))
  return Object.fromEntries(Object.entries(known).filter(([id, job]) => isOver(job) || named.has(id)))
}

/** Fetches one machine with what only its owner may see; an event that came meanwhile is newer. Throws `ApiError`. */
export async function fetchMachine(id, signal) {
  const before = told.get(String(id))
  const { vm } = await get(`/api/vms/${encodeURIComponent(id)}`, { signal })
  const known = machines.get().byId[id]
  if (told.get(String(id)) === before) takeMachine(vm)
  else if (known) takeMachine({ ...vm, ...known })
}

function takeLoads({ vms }) {
  loads.set(({ byId }) => {
    const next = {}
    for (const { id, cpu, ram, disk, host_reachable: isReachable } of vms ?? []) {
      // Zeros that nobody measured.
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

/** Follows the live connection for as long as somebody is signed in here. */
export function startLive() {
  session.subscribe(follow)
  follow()
  socket.addEventListener('SUBSCRIBED', ({ detail }) => { if (detail.topic === 'vms') fetchMachines() })
  socket.addEventListener('VM_STATUS', ({ detail }) => {
    const known = machines.get().byId[detail.id]
    told.set(String(detail.id), (told.get(String(detail.id)) ?? 0) + 1)
    takeMachine(detail)
    if (!known || known.status !== detail.status || known.host_reachable !== detail.host_reachable) refreshHost()
  })
  socket.addEventListener('VM_STATS', ({ detail }) => takeLoads(detail))
  socket.addEventListener('JOB', ({ detail }) => takeJob(detail))
}
