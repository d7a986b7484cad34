import { writeCsvFile } from '../../../parts/csv.ts';
import type { Selection } from '../model/filter.ts';
import { nameOf } from '../views/names.ts';

/** The parties of the selection. */
export const writeParties = ({ actors }: Selection): string =>
  writeCsvFile([
    ['id', 'name', 'kind', 'form', 'country', 'city', 'contacts', 'source'],
    ...actors.map(({ actor, degree }) => {
      const { id, kind, form, country, city, source } = actor;
      return [id, nameOf(actor), kind, form, country, city, degree, source];
    }),
  ]);

/** The contacts of the selection, a row for each evidence. */
export const writeContacts = ({ contacts }: Selection): string =>
  writeCsvFile([
    ['party1', 'name1', 'party2', 'name2', 'basis', 'id', 'title', 'on', 'source', 'isRehearsal'],
    ...contacts.flatMap(({ contact: { ends }, evidence }) =>
      evidence.map(({ basis, occasion, on, source, isRehearsal }) => [
        ends[0].id,
        nameOf(ends[0]),
        ends[1].id,
        nameOf(ends[1]),
        basis,
        occasion?.id,
        occasion?.title,
        on,
        source,
        String(isRehearsal),
      ]),
    ),
  ]);
