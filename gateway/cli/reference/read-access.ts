/** Who reads a field, as its owner’s `access.md` says it. */
interface FieldAccess {
  /** The name of the access level: `itinerary` */
  readonly level: string;
  /** The level in words. */
  readonly readers: string;
}

/** The rows of the tables of an `access.md`, by coordinate. */
export function readAccess(access: string): ReadonlyMap<string, FieldAccess> {
  const rules = new Map<string, FieldAccess>();
  let type = '';
  let hasParticipants = false;
  for (const line of access.split('\n')) {
    type = /^## (\w+)$/.exec(line)?.[1] ?? type;
    if (line.startsWith('| field |')) hasParticipants = line.endsWith('| participants |');
    // Types with one rule have a row of their own, with their name before the fields.
    const whole = /^\| `(\w+)` (\| [`\w, ]+ \| `\w+` \| .* \|) .*\|$/.exec(line);
    const [, fields, level, words] =
      /^\| (`\w+`(?:, `\w+`)*) \| `?(\w*)`? \| (.*) \|$/.exec(whole?.[2] ?? line) ?? [];
    if (fields === undefined || level === undefined || words === undefined) continue;
    const [all = '', participants = ''] = hasParticipants ? words.split(' | ') : [words];
    const named = participants.trim() === '' ? all : `${all}; ${participants.trim()}`;
    const readers = named.replaceAll('this organisation', 'the owner');
    for (const [, field] of fields.matchAll(/`(\w+)`/g))
      rules.set(`${whole?.[1] ?? type}.${field}`, { level, readers });
  }
  return rules;
}
