// A small project that the tests look at.
import { mkdtempSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const SPEC = `feature desk "Help desk" {
  role "You help."
  given late days 0 .. 60 { name "the time since the due date"; from user }
  outcome renew   "renew the loan"   { mentions "renewed" }
  outcome decline "ask to return the book" { mentions "return" }
  exclusive renew, decline
  ask "Can I keep it?"
  LOAN-1 rule "Renewal"    { when late <= 7 days; must renew }
  LOAN-2 rule "No renewal" { when late > 7 days; must decline }
}
`;

/** The project in a folder of its own, and that folder. */
export function project() {
  const root = mkdtempSync(join(tmpdir(), 'specc-'));
  mkdirSync(join(root, 'specs'));
  writeFileSync(join(root, 'specc.toml'), '');
  writeFileSync(join(root, 'specs', 'desk.spec'), SPEC);
  return root;
}
