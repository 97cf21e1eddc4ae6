/** Ids are decimal text; they are compared as the numbers that they are. */
export const before = (one, other) => Number(one) < Number(other)
export const greater = (one, other) => before(one, other) ? String(other) : String(one)
export const same = (one, other) => String(one) === String(other)

/** 128 random bits as text, for what the server must not take twice. */
export const randomId = () =>
  [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, '0')).join('')
