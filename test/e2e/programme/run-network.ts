import type { Programme } from '../network/run-programme.js';

const contact = {
  function: 'Duty desk',
  mailbox: 'duty@example.org',
  telephone: '+371 6707 5000',
  openingHours: 'On weekdays, 9 to 17.',
  languages: ['lv', 'en'],
  source: 'https://example.org/contact',
  checkedOn: '2030-01-01',
};

const bodies = [
  ['nbnp', 'Organisation', { organisation: 'nbnp:iacis' }],
  ['ncm', 'Office', { office: 'ncm:led' }],
  ['fi', 'Unit', { unit: 'fi:npb' }],
] as const;

/** Keeps the contact points of bodies of each kind. */
export async function runContactPoints({ done }: Programme): Promise<void> {
  for (const [owner, noun, body] of bodies) {
    const { contactPoints } = await done(
      owner,
      `set${noun}ContactPoint`,
      { ...body, contactPoint: null, set: contact },
      'id contactPoints { id }',
    );
    const { id: contactPoint } = contactPoints[0];
    const moved = { ...contact, telephone: null };
    const again = { ...body, contactPoint, set: moved, version: 1 };
    await done(owner, `set${noun}ContactPoint`, again);
    const removed = { ...body, contactPoint, version: 2 };
    await done(owner, `remove${noun}ContactPoint`, removed);
  }
}
