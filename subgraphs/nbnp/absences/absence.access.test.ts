import type { Reader } from '@hub/shared/identity';
import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { Absence, Visit } from '../entities/visit.entity.js';
import { openTestJourneys, organisations } from '../testing/test-journeys.js';
import { outcomesOf, readersOf } from '../testing/test-outcomes.js';
import { mayListPeople, mayReadPeople } from '../testing/test-table.js';

const fields = ['from', 'reason', 'participant', 'visit'];
const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) {
  ... on Group { absences { from reason participant { id } visit { id } } } } }`;

/** Column 5: the reason for the own people, and for the other people of a group. */
function mayReadReason(reader: Reader, participant: string, hasOffice: boolean): boolean {
  if (reader.kind !== 'person') return false;
  const { organisation, role } = reader;
  if (!['coordinator', 'liaison', 'service'].includes(role)) return false;
  if (participant.startsWith(`${organisation}:`)) return true;
  if (role === 'liaison') return false;
  // Finland hosts a visit of every group.
  return ['nbnp', 'fi'].includes(organisation) || (organisation === 'ncm' && hasOffice);
}

describe.each(testDatabases)('Absence on $name', (kind) => {
  it('shows each caller what the table says, through the entities of the hub', async () => {
    await using network = await openTestJourneys(kind);
    const { manager } = network.source;
    for (const group of ['arranged', 'alone']) {
      const visit = await manager.findOneByOrFail(Visit, { groupId: `nbnp:${group}` });
      for (const participantId of ['dk:officer', 'ncm:delegate'])
        await manager.insert(Absence, {
          visitId: visit.id,
          groupId: `nbnp:${group}`,
          participantId,
          from: '2025-01-01',
          reason: 'ILLNESS',
        });
      const representations = [{ __typename: 'Group', id: `nbnp:${group}` }];
      for (const [name, reader] of readersOf(organisations)) {
        const answer = await network.ask(query, { representations }, reader);
        if (!mayListPeople(reader)) {
          const outcome = outcomesOf(answer, ['_entities', 0], ['absences']);
          expect(outcome, `${group} to ${name}`).toEqual({ absences: 'FORBIDDEN' });
          continue;
        }
        const known = ['dk:officer', 'ncm:delegate'].filter((participant) =>
          mayReadPeople(
            reader,
            participant.slice(0, participant.indexOf(':')),
            group === 'arranged',
          ),
        );
        const { _entities: found } = answer.data as { _entities: [{ absences: unknown[] }] };
        expect(found[0].absences, `${group} to ${name}`).toHaveLength(known.length);
        known.forEach((participant, index) => {
          const isRead = mayReadReason(reader, participant, group === 'arranged');
          expect(
            outcomesOf(answer, ['_entities', 0, 'absences', index], fields),
            `${participant} in ${group} to ${name}`,
          ).toEqual({
            from: 'read',
            reason: isRead ? 'read' : 'FORBIDDEN',
            participant: 'read',
            visit: 'read',
          });
        });
      }
    }
  });
});
