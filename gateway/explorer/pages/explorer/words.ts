import { createWords } from '../../parts/form/form-words.ts';

/** Loads the texts of the explorer in the reader’s language. Returns whether they are here. */
export const { use: useExplorerWords } = createWords({
  en: () => import('../../words/explorer/en.json'),
  ru: () => import('../../words/explorer/ru.json'),
  da: () => import('../../words/explorer/da.json'),
  et: () => import('../../words/explorer/et.json'),
  sv: () => import('../../words/explorer/sv.json'),
  nb: () => import('../../words/explorer/nb.json'),
  fi: () => import('../../words/explorer/fi.json'),
  is: () => import('../../words/explorer/is.json'),
  lv: () => import('../../words/explorer/lv.json'),
  lt: () => import('../../words/explorer/lt.json'),
});
