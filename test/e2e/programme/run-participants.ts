import type { Input, Programme } from '../network/run-programme.js';

interface Member {
  readonly type: 'Officer' | 'Delegate';
  readonly id: string;
  readonly group: string;
  /** A formality that is requested, in its first version. */
  readonly requested: string;
}

/** What a member does herself before the journey: she says what is done, and shares her contact. */
export async function runMember(
  programme: Programme,
  { type, id, group, requested }: Member,
): Promise<void> {
  const owner = id.slice(0, id.indexOf(':'));
  const her = { [type.toLowerCase()]: id };
  const done = (mutation: string, input: Input, selection?: string) =>
    programme.done(owner, mutation, { ...her, ...input }, selection);
  const note = 'It is in my passport.';
  await done(`say${type}FormalityDone`, { group, kind: requested, note, version: 1 });
  const { id: ofProgramme } = (await programme.group(group, 'programme { id }')).programme;
  const shared = { workAddress: 'work@example.org', until: '2034-06-30' };
  for (const scope of [
    { with: 'GROUP', group },
    { with: 'PROGRAMME', programme: ofProgramme },
    { with: 'NETWORK', idempotencyKey: `share ${id}` },
  ])
    await done(`share${type}Contact`, { ...scope, ...shared });
  const again = { with: 'GROUP', group, ...shared, until: '2034-07-31' };
  const { sharedContacts } = await done(`share${type}Contact`, again, 'sharedContacts { id }');
  await done(`withdraw${type}Contact`, { contact: sharedContacts[0].id });
}
