// Questions to the server that this page came from. The token is behind the `#` of the link; it is kept for this tab only.

const KEPT = 'specc.token';

/** A question that was refused, with the reason. */
export class Refused extends Error {
  /** @param {string} why @param {number} status */
  constructor(why, status) {
    super(why);
    this.status = status;
  }
}

/** The server does not answer any more. */
export class Gone extends Error {}

/** Takes the token out of the address, so that it is not seen there, nor kept in the history. @returns {string} */
function token() {
  const said = location.hash.slice(1);
  if (said) {
    sessionStorage.setItem(KEPT, said);
    history.replaceState(null, '', location.pathname);
  }
  return sessionStorage.getItem(KEPT) ?? '';
}

const held = token();

/**
 * @param {string} method
 * @param {Record<string, unknown>} [asked]
 * @returns {Promise<any>}
 */
export async function ask(method, asked = {}) {
  let answer;
  try {
    answer = await fetch(`/api/${method}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${held}` },
      body: JSON.stringify(asked),
      cache: 'no-store',
    });
  } catch {
    throw new Gone();
  }
  const said = await answer.json();
  if (!answer.ok) throw new Refused(said.why, answer.status);
  return said;
}
