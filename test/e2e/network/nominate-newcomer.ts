import { setTimeout as wait } from 'node:timers/promises';
import type { Answer } from './own-network.js';

type AskAs = (organisation: string, query: string) => Promise<Answer>;

/** A hub that was just reloaded may be busy, and says when to try again. */
const askPatiently =
  (askAs: AskAs): AskAs =>
  async (organisation, query) => {
    for (let tries = 1; ; tries += 1) {
      const answer = await askAs(organisation, query);
      const isBusy = answer.errors.some(({ extensions }) => extensions['code'] === 'OVERLOADED');
      if (!isBusy || tries > 10) return answer;
      await wait(1_000);
    }
  };

/** Creates a record of the network. @returns its id */
async function create(askAs: AskAs, mutation: string, input: string): Promise<string> {
  const answer = await askAs('nbnp', `mutation { ${mutation}(input: { ${input} }) { id } }`);
  const created = answer.data as Record<string, { readonly id: string } | null> | null;
  const id = created?.[mutation]?.id;
  if (id === undefined) throw new Error(`No ${mutation}: ${JSON.stringify(answer)}`);
  return id;
}

/** A group of a real programme: those of the demonstration are rehearsals, and take no real people. */
async function createGroup(askAs: AskAs): Promise<string> {
  const programme = await create(
    askAs,
    'createProgramme',
    `title: "A programme with the newcomer", startsOn: "2026", targetGroups: [POLICE],
     sectorsToShow: [POLICE], workingLanguages: ["en"]`,
  );
  return create(
    askAs,
    'createGroup',
    `programme: "${programme}", name: "A group with the newcomer", plannedSize: 10,
     direction: NORDIC_BALTIC_TO_NORTH_WEST_RUSSIA`,
  );
}

/** Has a police force nominate its officer for a group of the network. @returns what it answered, and the group’s id */
export async function nominateNewcomer(
  askAs: AskAs,
  police: string,
  officer: string,
): Promise<{ readonly group: string; readonly answer: Answer }> {
  const ask = askPatiently(askAs);
  const group = await createGroup(ask);
  const answer = await ask(
    police,
    `mutation { nominateOfficer(input: {
      officer: "${officer}", group: "${group}", on: "2026-01-01", motivation: "She speaks Polish."
    }) { id group { id name } officer { name } } }`,
  );
  return { group, answer };
}
