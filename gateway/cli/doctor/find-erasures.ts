import type { AskHub, HubError } from './hub-connection.js';
import { readPages, type Row } from './read-pages.js';
import type { OutstandingErasure } from './report.js';

/** A page of erasures that others have not confirmed, and why parts of it are missing. */
interface ErasuresPage {
  readonly root: string;
  readonly errors: readonly HubError[];
  readonly erasures: readonly OutstandingErasure[];
}

interface ErasureRow extends Row {
  readonly person: string;
  readonly holder: string;
  readonly at: string;
}

/** The organisations that have people, and whose erasures others have to carry out. */
export interface Erasing {
  readonly code: string;
  readonly subgraph: string;
}

const rootOf: Readonly<Record<string, string>> = {
  'national-police': 'policeErasures',
  'ncm-offices': 'officeErasures',
};

/**
 * Finds erasures that are outstanding. `nbnp` reads those that it has to carry out, every other
 * organisation its own.
 */
export async function* findErasures(
  ask: AskHub,
  partners: readonly Erasing[],
): AsyncGenerator<ErasuresPage> {
  for (const { code, subgraph } of partners) {
    const root = rootOf[subgraph];
    if (root === undefined) continue;
    const country = subgraph === 'national-police' ? `country: "${code.toUpperCase()}" ` : '';
    const listing = {
      root,
      isConnection: true,
      argument: `${country}outstanding: true`,
      selection: 'person holder at',
    };
    for await (const { rows, errors } of readPages(listing, ask)) {
      const erasures = (rows as readonly ErasureRow[]).map(
        ({ person, holder, at: since }) =>
          ({ kind: 'erasure-outstanding', person, holder, since }) as const,
      );
      // Others’ own business.
      const told = errors.filter(({ extensions }) => extensions?.code !== 'FORBIDDEN');
      yield { root, errors: told, erasures };
    }
  }
}
