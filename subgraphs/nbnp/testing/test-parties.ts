import type { Reader } from '@hub/shared/identity';
import { readerOf } from '@hub/shared/testing';
import { Organisation } from '../entities/organisation.entity.js';
import type { TestHub, TestVisits } from './test-visits.js';

/** An organisation of the network’s directory. */
export const organisation = 'nbnp:organisation';

const known = ['ee:unit', 'fi:unit', 'ncm:led'];

/** The parties and regions of other owners, as the hub finds them. */
export const partiesHub: TestHub = {
  KnownParties: (variables) =>
    Object.fromEntries(
      Object.values(variables).map((id, index) => [
        `f${index}`,
        known.includes(String(id)) || /^dk:unit-\d+$/.test(String(id)) ? { id } : null,
      ]),
    ),
  KnownRegions: () => ({ regions: [{ code: 'RU-ARK' }, { code: 'RU-MUR' }] }),
};

export const insertOrganisation = (network: TestVisits): Promise<void> =>
  network.insert(Organisation, {
    id: organisation,
    name: 'An organisation',
    variants: [],
    kind: 'ngo',
    searchText: 'an organisation',
  });

export const coordinatorOf = (code: string): Reader => readerOf(code, 'coordinator');

/** As `done`, by a co-ordinator of another organisation. */
export async function doneBy(
  network: TestVisits,
  code: string,
  name: string,
  input: Readonly<Record<string, unknown>>,
  selection = 'id version',
): Promise<Readonly<Record<string, unknown>>> {
  const { data, errors } = await network.change(name, input, selection, coordinatorOf(code));
  if (errors) throw new Error(`${name} was refused: ${JSON.stringify(errors)}`);
  return data?.['result'] as Readonly<Record<string, unknown>>;
}
