import type { Reader } from '@hub/shared/identity';
import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { Visit } from '../entities/visit.entity.js';
import { nominationsOf, openTestJourneys, organisations } from '../testing/test-journeys.js';
import { outcomesOf, readersOf } from '../testing/test-outcomes.js';
import { mayReadPeople } from '../testing/test-table.js';

interface Nominee {
  readonly id: string;
  readonly groupId: string;
  readonly acceptedOn: string | null;
  readonly declinedOn: string | null;
  readonly reason: string | null;
  readonly hasOffice: boolean;
}

const nominees: readonly Nominee[] = [
  ...['arranged', 'alone'].flatMap((group) =>
    nominationsOf(group).map((nomination) => ({
      ...nomination,
      groupId: `nbnp:${group}`,
      reason: 'A reason.',
      hasOffice: group === 'arranged',
    })),
  ),
  // The network has not decided on it.
  {
    id: 'lv:nomination-open',
    groupId: 'nbnp:arranged',
    acceptedOn: null,
    declinedOn: null,
    reason: null,
    hasOffice: true,
  },
];

const fields = ['id', 'groupId', 'acceptedOn', 'declinedOn', 'declineReason', 'reason', 'group'];
const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) {
  ... on OfficerNomination { id groupId acceptedOn declinedOn declineReason reason group { id } } } }`;
const representations = nominees.map(({ id, groupId }) => ({
  __typename: 'OfficerNomination',
  id,
  groupId,
}));

/**
 * Column 5: the reasons for own people and for the other people of a group. The network wrote them
 * all.
 */
function mayReadReason(reader: Reader, { id, acceptedOn, declinedOn, hasOffice }: Nominee) {
  if (reader.kind !== 'person') return false;
  const { organisation, role } = reader;
  if (!['coordinator', 'liaison', 'service'].includes(role)) return false;
  if (id.startsWith(`${organisation}:`)) return true;
  if (role === 'liaison') return false;
  if (organisation === 'nbnp') return true;
  const isMember = acceptedOn !== null && declinedOn === null;
  // Finland hosts a visit of every group.
  return isMember && (organisation === 'fi' || (organisation === 'ncm' && hasOffice));
}

/**
 * Column 2. Of a declined one, those who nominated and the network; of one without a decision the
 * network knows no more than the police force says.
 */
function mayKnow(reader: Reader, { id, acceptedOn, declinedOn, hasOffice }: Nominee): boolean {
  const sender = id.slice(0, 2);
  if (acceptedOn === null && declinedOn === null)
    return mayReadPeople(reader, sender, hasOffice) || (isStaff(reader) && !isOwn(reader, id));
  if (declinedOn === null) return mayReadPeople(reader, sender, hasOffice);
  if (reader.kind !== 'person') return false;
  if (isOwn(reader, id)) return reader.role !== 'analyst';
  return isStaff(reader) && reader.organisation === 'nbnp';
}

const isOwn = (reader: Reader, id: string): boolean =>
  reader.kind === 'person' && id.startsWith(`${reader.organisation}:`);
const isStaff = (reader: Reader): boolean =>
  reader.kind === 'person' && ['coordinator', 'liaison', 'service'].includes(reader.role);

/** Of a nomination without a decision the network has nothing that concerns anybody. */
const isUndecidedTo = (reader: Reader, { acceptedOn, declinedOn }: Nominee): boolean =>
  reader.kind === 'participant' && acceptedOn === null && declinedOn === null;

const outcomeOf = (value: string | null) => (value === null ? 'null' : 'read');

describe.each(testDatabases)('OfficerNomination on $name', (kind) => {
  it('shows each caller what the table says', async () => {
    await using network = await openTestJourneys(kind);
    for (const [name, reader] of readersOf(organisations)) {
      const answer = await network.ask(query, { representations }, reader);
      nominees.forEach((nominee, index) => {
        const isShown = mayReadReason(reader, nominee) || isUndecidedTo(reader, nominee);
        const reason = isShown ? outcomeOf(nominee.reason) : 'FORBIDDEN';
        const people = {
          id: 'read',
          groupId: 'read',
          acceptedOn: outcomeOf(nominee.acceptedOn),
          declinedOn: outcomeOf(nominee.declinedOn),
          declineReason: reason,
          reason,
          group: 'read',
        };
        const nothing = Object.fromEntries(fields.map((field) => [field, 'FORBIDDEN']));
        expect(
          outcomesOf(answer, ['_entities', index], fields),
          `${nominee.id} to ${name}`,
        ).toEqual(mayKnow(reader, nominee) || isUndecidedTo(reader, nominee) ? people : nothing);
      });
    }
  });

  it('shows the host of a cancelled visit no reason about the group', async () => {
    await using network = await openTestJourneys(kind);
    const representation = { __typename: 'OfficerNomination', id: 'dk:nomination-alone' };
    const read = async () => {
      const reader = readersOf(['fi']).get('coordinator of fi');
      const answer = await network.ask(query, { representations: [representation] }, reader);
      return outcomesOf(answer, ['_entities', 0], ['reason'])['reason'];
    };
    expect(await read()).toBe('read');
    const cancelled = { cancelledOn: '2025-01-01' };
    await network.source.manager.update(Visit, { groupId: 'nbnp:alone' }, cancelled);
    expect(await read()).toBe('FORBIDDEN');
  });

  it('shows the hosts and the offices no reason once 90 days have passed since the return', async () => {
    await using network = await openTestJourneys(kind);
    const read = async (group: string, organisation: string) => {
      const representation = { __typename: 'OfficerNomination', id: `dk:nomination-${group}` };
      const reader = readersOf([organisation]).get(`coordinator of ${organisation}`);
      const answer = await network.ask(query, { representations: [representation] }, reader);
      return outcomesOf(answer, ['_entities', 0], ['reason'])['reason'];
    };
    const readAll = async () => [
      await read('alone', 'fi'),
      await read('arranged', 'ncm'),
      await read('arranged', 'dk'),
      await read('arranged', 'nbnp'),
    ];
    expect(await readAll()).toEqual(['read', 'read', 'read', 'read']);
    for (const group of ['alone', 'arranged'])
      await network.source.manager.update(
        Visit,
        { groupId: `nbnp:${group}` },
        { returnedOn: '2025-03-14' },
      );
    expect(await readAll()).toEqual(['FORBIDDEN', 'FORBIDDEN', 'read', 'read']);
  });

  it('reads the group of a nomination from its own row, not from the representation', async () => {
    await using network = await openTestJourneys(kind);
    const answer = await network.ask(
      query,
      {
        representations: [
          {
            __typename: 'OfficerNomination',
            id: 'dk:nomination-alone',
            groupId: 'nbnp:arranged',
          },
        ],
      },
      readersOf(['ncm']).get('coordinator of ncm'),
    );
    expect(outcomesOf(answer, ['_entities', 0], ['reason'])).toEqual({ reason: 'FORBIDDEN' });
  });
});
