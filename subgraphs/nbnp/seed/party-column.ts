import { CellError, type Column } from '@hub/shared/import';
import { isPoliceCode, networkCode, officesCode, ownerOf } from '@hub/shared/vocabulary';

const isOwner = (code: string): boolean =>
  code === networkCode || code === officesCode || isPoliceCode(code);

/**
 * The id of an organisation, an office or a police unit. It is not checked for existence, because
 * most belong to other partners.
 */
export const party = (about: string): Column<string> => ({
  about,
  form: 'party’s id: `ncm:led`',
  isNeeded: true,
  read(text) {
    if (!/^[a-z]+:[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(text) || !isOwner(ownerOf(text)))
      throw new CellError('is not the id of a party');
    return text;
  },
});
