/** What the partner did instead of what its rule says. */
export class Broken extends Error {
  override readonly name = 'Broken';
}

/** Why a step cannot be decided for this partner: it has no such rows, for example. */
export class NotDecided extends Error {
  override readonly name = 'NotDecided';
}

/** Ends a step: the partner breaks the rule. @param came what the partner did */
export function broken(came: string): never {
  throw new Broken(came);
}

/** Ends a step that says nothing about this partner. */
export function notDecided(why: string): never {
  throw new NotDecided(why);
}
