import type { Answer } from './own-network.js';

type AskAs = (organisation: string, query: string) => Promise<Answer>;

interface FoundGroup {
  readonly id: string;
  readonly direction: string;
  readonly state: string;
}

/** A group of the demonstration that officers can still be nominated for, and a day of its programme. */
async function findOpenGroup(askAs: AskAs): Promise<{ readonly id: string; readonly on: string }> {
  const { data } = await askAs('nbnp', '{ programmes { startsOn groups { id direction state } } }');
  const { programmes } = data as {
    programmes: { startsOn: string; groups: FoundGroup[] | null }[];
  };
  const [open] = programmes.flatMap(({ startsOn, groups }) =>
    (groups ?? [])
      .filter(({ direction }) => direction === 'NORDIC_BALTIC_TO_NORTH_WEST_RUSSIA')
      .filter(({ state }) => ['PLANNED', 'NOMINATED', 'SELECTED', 'BRIEFED'].includes(state))
      // The day of a programme may be known by its month or year alone.
      .map(({ id }) => ({ id, on: `${startsOn}-01-01`.slice(0, 10) })),
  );
  if (!open) throw new Error(`No group is open: ${JSON.stringify(data)}`);
  return open;
}

/** Has a police force nominate its officer for a group of the network. @returns what it answered, and the group’s id */
export async function nominateNewcomer(
  askAs: AskAs,
  police: string,
  officer: string,
): Promise<{ readonly group: string; readonly answer: Answer }> {
  const { id: group, on } = await findOpenGroup(askAs);
  const answer = await askAs(
    police,
    `mutation { nominateOfficer(input: {
      officer: "${officer}", group: "${group}", on: "${on}", motivation: "She speaks Polish."
    }) { id group { id name } officer { name } } }`,
  );
  return { group, answer };
}
