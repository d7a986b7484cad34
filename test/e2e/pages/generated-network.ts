import type { Page } from 'playwright-core';

interface Size {
  readonly parties: number;
  readonly contacts: number;
}

/** The page asks for so many rows at once. */
const pageSize = 1_000;
const countries = ['DK', 'EE', 'FI', 'IS', 'LT', 'LV', 'NO', 'RU', 'SE'];

const partyAt = (index: number) => ({
  __typename: index % 3 === 0 ? 'PoliceUnit' : 'Organisation',
  id: `nbnp:party-${String(index).padStart(5, '0')}`,
  name: `Party ${index}`,
  country: countries[index % countries.length],
  form: 'generated',
  city: null,
  source: 'https://example.org/party',
});

/** Pairs of parties, each once. A few parties have most contacts, as in a real network. */
function listPairs({ parties, contacts }: Size): readonly (readonly [number, number])[] {
  const pairs = new Map<number, readonly [number, number]>();
  for (let step = 1; pairs.size < contacts; step += 1)
    for (let index = 0; index < parties && pairs.size < contacts; index += 1) {
      const other = step <= 2 ? index - step : (index * step) % 97;
      if (other >= 0 && other < index) pairs.set(other * parties + index, [other, index]);
    }
  return [...pairs.values()];
}

function createRows(size: Size): object[] {
  return listPairs(size).map(([one, other], index) => {
    const event = index % 500;
    const on = String(1995 + (event % 30));
    return {
      countries: [],
      parties: [partyAt(one), partyAt(other)],
      evidence: [
        {
          basis: 'EVENT',
          on,
          source: 'https://example.org/event',
          event: {
            id: `nbnp:event-${event}`,
            title: `Event ${event}`,
            kind: 'MEETING',
            city: 'Oslo',
            country: 'NO',
            startsOn: on,
            endsOn: null,
          },
          programme: null,
        },
      ],
    };
  });
}

/** Answers the page’s question for contacts with a network that nobody has. Returns its size. */
export async function answerWithNetwork(page: Page, size: Size): Promise<Size> {
  const rows = createRows(size);
  await page.route('**/graphql', async (route) => {
    // The page sends its operations by id, so that its variables tell them apart.
    const { variables } = route.request().postDataJSON() as {
      variables: { after?: string | null; readsVisits?: boolean };
    };
    if (variables.readsVisits === undefined) return route.fallback();
    const first = Number(variables.after ?? 0);
    const next = first + pageSize;
    return route.fulfill({
      json: {
        data: {
          contacts: {
            totalCount: rows.length,
            pageInfo: { hasNextPage: next < rows.length, endCursor: String(next) },
            nodes: rows.slice(first, next),
          },
        },
        extensions: {
          completeness: { complete: true, partners: { nbnp: { status: 'ANSWERED' } } },
        },
      },
    });
  });
  const parties = new Set(
    rows.flatMap((row) => (row as { parties: { id: string }[] }).parties.map(({ id }) => id)),
  );
  return { parties: parties.size, contacts: rows.length };
}
