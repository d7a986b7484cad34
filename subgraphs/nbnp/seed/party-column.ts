import { cell } from '@hub/shared/import';
import { codes } from '@hub/shared/policy';

/** Police forces have the codes of their countries, and all other partners longer ones. */
const isOwner = (code: string): boolean => code.length > 2 || codes.isPoliceCode(code);

/** The id of a party. It is not checked for existence, because most belong to other partners. */
export const party = (about: string): cell.Column<string> => ({
  about,
  form: 'party’s id: `ncm:led`',
  isNeeded: true,
  read(text) {
    if (
      !/^[a-z][a-z0-9-]{1,31}:[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(text) ||
      !isOwner(codes.ownerOf(text))
    )
      throw new cell.CellError('is not the id of a party');
    return text;
  },
});
