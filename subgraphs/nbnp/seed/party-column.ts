import { CellError, type Column } from '@hub/shared/import';
import { isPoliceCode, ownerOf } from '@hub/shared/policy';

/** Police forces have the codes of their countries, and all other partners longer ones. */
const isOwner = (code: string): boolean => code.length > 2 || isPoliceCode(code);

/** The id of a party. It is not checked for existence, because most belong to other partners. */
export const party = (about: string): Column<string> => ({
  about,
  form: 'party’s id: `ncm:led`',
  isNeeded: true,
  read(text) {
    if (
      !/^[a-z][a-z0-9-]{1,31}:[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(text) ||
      !isOwner(ownerOf(text))
    )
      throw new CellError('is not the id of a party');
    return text;
  },
});
